/**
 * Agreements in the database: documents as they were sent, with the signatures of their parties.
 */
@NullMarked
package org.mekong.gateway.agreement.store;

import org.jspecify.annotations.NullMarked;
