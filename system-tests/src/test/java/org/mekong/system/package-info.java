/**
 * Two nations as a newcomer starts them, by the launcher alone, and everything seen from outside:
 * HTTP, files, processes.
 */
@NullMarked
package org.mekong.system;

import org.jspecify.annotations.NullMarked;
