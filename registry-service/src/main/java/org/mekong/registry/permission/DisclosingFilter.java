package org.mekong.registry.permission;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.AskedBody;
import org.mekong.registry.caller.Caller;
import org.mekong.registry.caller.CurrentCaller;
import org.mekong.registry.problem.Problem;

/**
 * The one filter before whatever gives out personal data. It opens the request's permissions for
 * the kinds that the operation is marked with; where the purpose stands in the query, the operation
 * does not begin unless the question as a whole may be asked. {@code explain=true} makes any such
 * call a dry one, and is refused where there is nothing to explain: nobody who asks for an
 * explanation shall get the act.
 */
@Singleton
public final class DisclosingFilter {

  private static final String EXPLAIN = "explain";

  /** After the token and its proof were found good. */
  private static final int LAST = Priorities.USER + 1000;

  private final Permissions permissions;
  private final CurrentCaller caller;
  private final AskedBody asked;

  DisclosingFilter(Permissions permissions, CurrentCaller caller, AskedBody asked) {
    this.permissions = permissions;
    this.caller = caller;
    this.asked = asked;
  }

  /** Opens what the operation is marked with. */
  @ServerRequestFilter(priority = LAST)
  public @Nullable Response open(RoutingContext context, SimpleResourceInfo resource)
      throws NoSuchMethodException {
    MultiMap query = context.queryParams();
    Disclosing marked =
        resource
            .getResourceClass()
            .getMethod(resource.getMethodName(), resource.parameterTypes())
            .getAnnotation(Disclosing.class);
    if (marked == null) {
      if (query.contains(EXPLAIN)) {
        throw Problem.invalid(EXPLAIN, "known-member", "is no parameter of this operation");
      }
      return null;
    }
    permissions.open(Set.of(marked.value()), isDry(query.getAll(EXPLAIN)));
    if (caller.get() instanceof Caller.Gateway) {
      asked.want();
    }
    String purpose = query.get("purpose");
    if (purpose != null && marked.value().length == 1) {
      permissions.require(marked.value()[0], purpose);
    }
    return null;
  }

  private static boolean isDry(List<String> values) {
    if (values.isEmpty() || values.equals(List.of("false"))) {
      return false;
    }
    if (values.equals(List.of("true"))) {
      return true;
    }
    throw Problem.invalid(EXPLAIN, "boolean", "is neither true nor false");
  }
}
