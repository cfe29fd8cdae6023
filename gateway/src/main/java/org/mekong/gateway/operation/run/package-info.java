/**
 * Who works on the queue: each replica claims what is due, attempts it, and writes down what became
 * of it; who dies with a claim loses it when its time is over.
 */
@NullMarked
package org.mekong.gateway.operation.run;

import org.jspecify.annotations.NullMarked;
