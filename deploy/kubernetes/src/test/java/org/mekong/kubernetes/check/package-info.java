/**
 * What must hold for every overlay: each check looks at all objects and returns what it found
 * wrong, under one rule. A test proves for every rule that a broken manifest is found by it.
 */
@NullMarked
package org.mekong.kubernetes.check;

import org.jspecify.annotations.NullMarked;
