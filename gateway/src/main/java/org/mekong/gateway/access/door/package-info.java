/**
 * What is refused before it is a question: requests without a good token, bodies that are not as
 * agreed. Each is told in the log by its rule; a flood of them is counted, and told in sum.
 */
@NullMarked
package org.mekong.gateway.access.door;

import org.jspecify.annotations.NullMarked;
