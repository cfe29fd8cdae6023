/** Events as requests tell of them, one body for each type, read into events. */
@NullMarked
package org.mekong.registry.vitalevent.request;

import org.jspecify.annotations.NullMarked;
