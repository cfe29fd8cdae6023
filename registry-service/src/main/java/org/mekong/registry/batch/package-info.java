/**
 * Several questions in one request: each is answered or refused on its own, and none stops the
 * others.
 */
@NullMarked
package org.mekong.registry.batch;

import org.jspecify.annotations.NullMarked;
