/**
 * What a token costs: the identity-service and Keycloak, one after the other on the same
 * PostgreSQL, asked the same by the same driver.
 */
@NullMarked
package org.mekong.benchmarks.identity;

import org.jspecify.annotations.NullMarked;
