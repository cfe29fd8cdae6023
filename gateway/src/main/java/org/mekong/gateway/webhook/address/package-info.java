/** Where the service may connect to on somebody's word: to public addresses, over TLS. */
@NullMarked
package org.mekong.gateway.webhook.address;

import org.jspecify.annotations.NullMarked;
