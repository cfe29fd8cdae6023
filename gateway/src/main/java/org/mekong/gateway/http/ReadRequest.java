package org.mekong.gateway.http;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.http.impl.HttpServerRequestWrapper;
import java.util.Optional;

/**
 * A request whose body was read before it is routed. On HTTP/2 such a request takes no handlers any
 * more, and refuses to pause, which everything behind does first; this one lets it be.
 */
final class ReadRequest extends HttpServerRequestWrapper {

  private static final String BODY = ReadRequest.class.getName();

  /** A request that has ended. */
  ReadRequest(HttpServerRequest ended, Buffer body) {
    super((HttpServerRequestInternal) ended);
    Vertx.currentContext().putLocal(BODY, body);
  }

  /** The body of the request at hand, once, where it was read before it was routed. */
  static Optional<Buffer> take() {
    Context request = Vertx.currentContext();
    Buffer body = request.getLocal(BODY);
    request.removeLocal(BODY);
    return Optional.ofNullable(body);
  }

  @Override
  public HttpServerRequest handler(Handler<Buffer> handler) {
    return this;
  }

  @Override
  public HttpServerRequest pause() {
    return this;
  }

  @Override
  public HttpServerRequest resume() {
    return this;
  }

  @Override
  public HttpServerRequest fetch(long amount) {
    return this;
  }

  @Override
  public HttpServerRequest endHandler(Handler<Void> handler) {
    return this;
  }
}
