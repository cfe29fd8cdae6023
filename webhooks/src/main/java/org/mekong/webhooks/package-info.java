/**
 * What every service of Mekong that sends webhooks does alike, by Standard Webhooks 1.0.0: {@code
 * secret} makes secrets, keeps them sealed and signs by them, {@code address} tells where a service
 * may connect to on somebody's word, {@code post} sends a message there, trusts the receiver with
 * nothing and says when to try again. Mechanism only: no bean, no table, no word of the domain;
 * each service keeps its own webhooks and its own deliveries.
 */
@NullMarked
package org.mekong.webhooks;

import org.jspecify.annotations.NullMarked;
