/**
 * Administrators change what the register permits: purposes, field sets and rules, each change told
 * in the log in its own transaction; and ask what somebody else may.
 */
@NullMarked
package org.mekong.registry.permission.admin;

import org.jspecify.annotations.NullMarked;
