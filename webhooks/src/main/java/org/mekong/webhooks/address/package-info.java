/** Where the service may connect to on somebody's word: to public addresses, over TLS. */
@NullMarked
package org.mekong.webhooks.address;

import org.jspecify.annotations.NullMarked;
