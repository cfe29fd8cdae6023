/** What tests of services that send webhooks have in common. */
@NullMarked
package org.mekong.webhooks.testing;

import org.jspecify.annotations.NullMarked;
