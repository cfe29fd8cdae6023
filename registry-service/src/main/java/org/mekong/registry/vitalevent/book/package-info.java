/** The book of events: registering one for all whom it touches, in one transaction. */
@NullMarked
package org.mekong.registry.vitalevent.book;

import org.jspecify.annotations.NullMarked;
