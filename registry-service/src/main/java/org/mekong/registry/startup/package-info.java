/**
 * What is checked before the first request: a production node refuses to run on settings made for
 * trying out.
 */
@NullMarked
package org.mekong.registry.startup;

import org.jspecify.annotations.NullMarked;
