/**
 * Imports: files that are taken in whole, then worked off chunk by chunk, each in one transaction
 * with the persons that it makes, by any replica, however often one is stopped.
 */
@NullMarked
package org.mekong.registry.bulk.job;

import org.jspecify.annotations.NullMarked;
