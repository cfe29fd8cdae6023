/**
 * Keeps the register's log under the eyes of its witnesses (C2SP tlog-witness), whom it reaches
 * through this nation's gateway, and says whether answers may leave the country on the log's word.
 */
@NullMarked
package org.mekong.registry.witness;

import org.jspecify.annotations.NullMarked;
