/**
 * A citizens' portal: the smallest application that people sign in to, one for each nation. It is
 * also the example that an integrator reads: {@link Provider} what is known of the
 * identity-service, {@link SignIn} the way of a person to it and back, {@link Visits} who is signed
 * in here, {@link Portal} the addresses.
 */
@NullMarked
package org.mekong.portal;

import org.jspecify.annotations.NullMarked;
