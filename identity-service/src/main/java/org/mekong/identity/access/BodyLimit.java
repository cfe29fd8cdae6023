package org.mekong.identity.access;

import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Stops reading a body that turns out too large though its length was not announced. The server's
 * own limit lies above, because it ends the answer before anything can be said.
 */
@Provider
public class BodyLimit implements ReaderInterceptor {
  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    context.setInputStream(new Limited(context.getInputStream()));
    return context.proceed();
  }

  private static final class Limited extends FilterInputStream {
    private int left = Gate.LARGEST_BODY;

    Limited(InputStream body) {
      super(body);
    }

    @Override
    public int read() throws IOException {
      int next = super.read();
      count(next < 0 ? 0 : 1);
      return next;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      count(Math.max(read, 0));
      return read;
    }

    private void count(int read) {
      left -= read;
      if (left < 0) {
        throw Problem.CONTENT_TOO_LARGE
            .builder("The body is larger than 64 KiB.")
            .withHeader("Connection", "close") // the rest is not read
            .build();
      }
    }
  }
}
