/**
 * What a caller may ask: for a purpose, of a kind, fields by name; told from the request and its
 * token alone, before anybody is looked up.
 */
@NullMarked
package org.mekong.registry.permission;

import org.jspecify.annotations.NullMarked;
