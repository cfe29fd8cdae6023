package org.mekong.registry.permission;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.mekong.registry.caller.Kind;

/**
 * Marks an operation that gives out personal data, with the kinds of question that it may ask. No
 * other operation gets any: {@link DisclosingFilter} opens the permissions of the request for these
 * kinds alone, before the operation runs. Whose token or certificate may come at all says {@code
 * RolesAllowed}, as everywhere.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Disclosing {

  /** The kinds of question that the operation asks. */
  Kind[] value();
}
