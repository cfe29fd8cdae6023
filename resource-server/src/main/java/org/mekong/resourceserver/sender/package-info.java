/** Whether a token is used by whom it was issued to: by its key or by its certificate. */
@NullMarked
package org.mekong.resourceserver.sender;

import org.jspecify.annotations.NullMarked;
