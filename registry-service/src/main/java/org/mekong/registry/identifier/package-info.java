/**
 * Personal numbers: their form by nation, and their allocation by many replicas at once without
 * collision, scanning or reuse.
 */
@NullMarked
package org.mekong.registry.identifier;

import org.jspecify.annotations.NullMarked;
