/**
 * Who is this: the one person who fits what is known, or why there is no such answer. Never a list
 * of persons.
 */
@NullMarked
package org.mekong.registry.verification.match;

import org.jspecify.annotations.NullMarked;
