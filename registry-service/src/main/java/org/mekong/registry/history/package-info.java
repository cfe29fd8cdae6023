/**
 * The history of a person: what each fact was, since when, until when and by which event; the
 * events of a life; the differences between two moments.
 */
@NullMarked
package org.mekong.registry.history;

import org.jspecify.annotations.NullMarked;
