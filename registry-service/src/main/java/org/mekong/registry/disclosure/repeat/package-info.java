/**
 * Questions of the gateway, each known by the asking nation and its request id: a repeat of one
 * leaves the trace that the first has left, and another question under its id is refused.
 */
@NullMarked
package org.mekong.registry.disclosure.repeat;

import org.jspecify.annotations.NullMarked;
