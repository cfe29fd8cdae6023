/** The work of matching: comparing who is new or changed, and going on with jobs. */
@NullMarked
package org.mekong.registry.matching.run;

import org.jspecify.annotations.NullMarked;
