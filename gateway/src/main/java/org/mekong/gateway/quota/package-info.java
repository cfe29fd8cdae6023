/**
 * How often may be asked: by agency, purpose and day, and in one second; shared by all replicas
 * over the database and never more than allowed. Replicas lease small batches, so that most lookups
 * ask memory alone; what a killed replica held is lost, not given twice.
 */
@NullMarked
package org.mekong.gateway.quota;

import org.jspecify.annotations.NullMarked;
