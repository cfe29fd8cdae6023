/**
 * The OpenID Provider of one nation's node: who a system is, on whose behalf it asks, and what it
 * may ask for. This package holds what every feature needs: the node's configuration and its clock.
 */
@NullMarked
package org.mekong.identity;

import org.jspecify.annotations.NullMarked;
