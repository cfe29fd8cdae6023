/**
 * Names as people bear them: the parts of a name, its order by nation, what text a name may hold,
 * and the one key by which two spellings are found to be the same.
 */
@NullMarked
package org.mekong.registry.name;

import org.jspecify.annotations.NullMarked;
