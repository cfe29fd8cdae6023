/**
 * The keys that statements are signed with: kept encrypted in the database, shared by all replicas,
 * announced before they sign and published for as long as statements are kept.
 */
@NullMarked
package org.mekong.registry.statement.key;

import org.jspecify.annotations.NullMarked;
