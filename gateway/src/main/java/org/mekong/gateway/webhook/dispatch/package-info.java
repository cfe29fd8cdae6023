/**
 * Delivers messages: each replica claims what is due, sends it signed, and notes what came of it;
 * who dies with a claim loses it when its time is over. A message may therefore come twice, under
 * one id.
 */
@NullMarked
package org.mekong.gateway.webhook.dispatch;

import org.jspecify.annotations.NullMarked;
