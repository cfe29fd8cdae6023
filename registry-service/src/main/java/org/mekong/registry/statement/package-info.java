/**
 * Signed statements: an answer that whoever asked may keep in place of the data, and that anybody
 * can check with the published keys.
 */
@NullMarked
package org.mekong.registry.statement;

import org.jspecify.annotations.NullMarked;
