/**
 * What a caller may ask: for a purpose, of a kind, fields by name; told from the request, its token
 * and the register's own rules, before anybody is looked up. The one annotation for operations that
 * give out personal data, the one filter before them, and the dry call that explains.
 */
@NullMarked
package org.mekong.registry.permission;

import org.jspecify.annotations.NullMarked;
