package org.mekong.registry.caller;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Keeps a body that is wanted, while it is read; behind the limit of its size. */
@Provider
@Priority(Priorities.USER + 1000)
public final class AskedBodyReader implements ReaderInterceptor {

  private final Instance<AskedBody> asked;

  AskedBodyReader(Instance<AskedBody> asked) {
    this.asked = asked;
  }

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    AskedBody body = asked.get();
    if (body.isWanted()) {
      byte[] bytes = context.getInputStream().readAllBytes();
      body.keep(bytes);
      context.setInputStream(new ByteArrayInputStream(bytes));
    }
    return context.proceed();
  }
}
