/** The registrar's counter for events: registering, correcting, annulling and reading them. */
@NullMarked
package org.mekong.registry.vitalevent.office;

import org.jspecify.annotations.NullMarked;
