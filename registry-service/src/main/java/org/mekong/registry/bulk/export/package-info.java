/**
 * Exports: many persons given out page by page, each page disclosed and logged in the transaction
 * that reads it. Nothing of it is stored: a reader who was cut off asks for the page again.
 */
@NullMarked
package org.mekong.registry.bulk.export;

import org.jspecify.annotations.NullMarked;
