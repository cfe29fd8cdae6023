/**
 * How a request comes in: its id, the paths and sizes that are refused before anything reads them,
 * who is calling and whether they may, and the problem documents that say no.
 */
@NullMarked
package org.mekong.identity.access;

import org.jspecify.annotations.NullMarked;
