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
import org.mekong.resourceserver.token.VerifiedAccess;

/** Stands before every resource for operators. */
@Provider
@AdministratorScope
@Priority(Priorities.AUTHENTICATION)
public class AdministratorFilter implements ContainerRequestFilter {

  private final AccessGate gate;
  private final CallingAdministrator caller;

  @Context @Nullable HttpServerRequest http;

  @Inject
  public AdministratorFilter(AccessGate gate, CallingAdministrator caller) {
    this.gate = gate;
    this.caller = caller;
  }

  @Override
  public void filter(ContainerRequestContext context) {
    VerifiedAccess access = gate.admitAdministrator(Objects.requireNonNull(http));
    caller.set(access.clientId(), access.subject());
  }
}
