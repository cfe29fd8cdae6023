/** Access tokens in the profile of RFC 9068: verified, and what they say. */
@NullMarked
package org.mekong.resourceserver.token;

import org.jspecify.annotations.NullMarked;
