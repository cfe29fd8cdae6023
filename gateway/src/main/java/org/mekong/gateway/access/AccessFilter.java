package org.mekong.gateway.access;

import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Stands before every resource for agencies. */
@Provider
@LookupScope
@Priority(Priorities.AUTHENTICATION)
public class AccessFilter implements ContainerRequestFilter {

  private final AccessGate gate;
  private final CallingAgency caller;

  @Context @Nullable HttpServerRequest http;

  @Inject
  public AccessFilter(AccessGate gate, CallingAgency caller) {
    this.gate = gate;
    this.caller = caller;
  }

  @Override
  public void filter(ContainerRequestContext context) {
    caller.set(gate.admit(Objects.requireNonNull(http)));
  }
}
