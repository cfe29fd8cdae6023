package org.mekong.gateway.access;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On every resource for operators: the caller needs the scope {@code gateway.admin}, a token bound
 * to its key and a fresh proof.
 */
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface AdministratorScope {

  /** Its name in tokens. */
  String NAME = "gateway.admin";
}
