/**
 * Who calls: the nation's own agencies by sender-constrained token, its gateway by certificate.
 * Forbidden by default: a resource names in one annotation whom it is for.
 */
@NullMarked
package org.mekong.registry.caller;

import org.jspecify.annotations.NullMarked;
