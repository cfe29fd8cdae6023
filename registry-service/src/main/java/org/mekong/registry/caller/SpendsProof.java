package org.mekong.registry.caller;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an operation that spends the proof of its request within the transaction of what it
 * answers, so that the two wait for the disk once. It changes nothing before that. When it ends
 * without having come so far, the proof is spent before the refusal leaves.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface SpendsProof {}
