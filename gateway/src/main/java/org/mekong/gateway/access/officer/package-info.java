/** Who asks in an agency's name: the officer whom the token names, where it names one. */
@NullMarked
package org.mekong.gateway.access.officer;

import org.jspecify.annotations.NullMarked;
