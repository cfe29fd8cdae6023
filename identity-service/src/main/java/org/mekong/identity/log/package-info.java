/**
 * The journal's log as others see it: its files, open to all, how it stands with its witnesses, and
 * what the operator does with it.
 */
@NullMarked
package org.mekong.identity.log;

import org.jspecify.annotations.NullMarked;
