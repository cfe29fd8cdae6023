package org.mekong.registry.problem;

import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Stops reading a body at the limit, however it is sent: one that does not say how long it is
 * passes {@link RequestGuard}, and the platform answers it without a document, or not at all.
 */
@Provider
public final class BodyLimit implements ReaderInterceptor {

  private final Instance<LimitConfig> config;

  BodyLimit(Instance<LimitConfig> config) {
    this.config = config;
  }

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    if (context.getType() == InputStream.class) {
      return context.proceed(); // who takes the stream itself counts what comes
    }
    context.setInputStream(new Limited(context.getInputStream(), config.get().body()));
    return context.proceed();
  }

  private static final class Limited extends FilterInputStream {

    private final long limit;
    private long left;

    Limited(InputStream body, long limit) {
      super(body);
      this.limit = limit;
      this.left = limit;
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      count(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      count(read);
      return read;
    }

    private void count(int read) {
      left -= Math.max(read, 0);
      if (left < 0) {
        throw Problem.TOO_LARGE.because("The body is larger than " + limit + " bytes.");
      }
    }
  }
}
