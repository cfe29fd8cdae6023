/**
 * Whether a question may be asked, told check by check: the same reasoning refuses a question and
 * explains it. Pure: no clock, no database, and nobody's data.
 */
@NullMarked
package org.mekong.registry.permission.judgement;

import org.jspecify.annotations.NullMarked;
