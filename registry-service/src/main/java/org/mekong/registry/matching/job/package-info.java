/** Ways through the whole register: a run for good, and a dry one to try rules. */
@NullMarked
package org.mekong.registry.matching.job;

import org.jspecify.annotations.NullMarked;
