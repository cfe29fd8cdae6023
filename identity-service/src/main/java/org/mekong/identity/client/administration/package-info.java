/** What administrators do with clients: most of it needs two of them. */
@NullMarked
package org.mekong.identity.client.administration;

import org.jspecify.annotations.NullMarked;
