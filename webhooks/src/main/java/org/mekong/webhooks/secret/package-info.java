/** Secrets of webhooks: how they are made, kept sealed, and sign. */
@NullMarked
package org.mekong.webhooks.secret;

import org.jspecify.annotations.NullMarked;
