package org.mekong.registry.problem;

import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Stops reading a body at the limit, however it is sent, and where its sender has gone: one that
 * does not say how long it is passes {@link RequestGuard}, and the platform answers it without a
 * document, or not at all.
 */
@Provider
public final class BodyLimit implements ReaderInterceptor {

  private final Instance<LimitConfig> config;

  BodyLimit(Instance<LimitConfig> config) {
    this.config = config;
  }

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    // Who takes the stream itself counts what comes.
    long limit = context.getType() == InputStream.class ? Long.MAX_VALUE : config.get().body();
    context.setInputStream(new Limited(context.getInputStream(), limit));
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
    public int read() {
      int read = whole(super::read);
      count(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      int read = whole(() -> super.read(bytes, offset, length));
      count(read);
      return read;
    }

    /** Who goes away while sending is not answered, and has met no failure of ours. */
    private static int whole(Reading reading) {
      try {
        return reading.read();
      } catch (IOException gone) {
        throw Problem.MALFORMED_REQUEST.because("The body ended before it was whole.");
      }
    }

    private interface Reading {
      int read() throws IOException;
    }

    private void count(int read) {
      left -= Math.max(read, 0);
      if (left < 0) {
        throw Problem.TOO_LARGE.because("The body is larger than " + limit + " bytes.");
      }
    }
  }
}
