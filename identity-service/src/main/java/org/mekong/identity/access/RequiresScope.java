package org.mekong.identity.access;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Who may call an endpoint: the holder of a sender-constrained token with this scope, or, with
 * {@link #ANYBODY}, everybody. An endpoint without this annotation is forbidden to all.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface RequiresScope {
  /** Instead of a scope: the endpoint is public. */
  String ANYBODY = "";

  /** The scope, or several of which one is enough, or {@link #ANYBODY}. */
  String[] value();
}
