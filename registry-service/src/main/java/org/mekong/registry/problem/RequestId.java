package org.mekong.registry.problem;

import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;

/**
 * The id of this request: the caller's {@code X-Request-Id} when that is a UUID, else a new one.
 */
@RequestScoped
public class RequestId {

  private final RoutingContext context;

  RequestId(RoutingContext context) {
    this.context = context;
  }

  /** The id as text of a UUID. */
  public String value() {
    return RequestGuard.requestId(context);
  }
}
