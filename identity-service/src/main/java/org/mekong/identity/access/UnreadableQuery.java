package org.mekong.identity.access;

import io.vertx.ext.web.RoutingContext;

/**
 * Answers requests whose query cannot be decoded, where the answer is no problem document: nothing
 * of such a request is used, nor repeated.
 */
public interface UnreadableQuery {
  /**
   * Answers a request.
   *
   * @param path of the request, which can be read
   * @return false where a problem document is as good an answer as any: nothing was answered then
   */
  boolean answer(RoutingContext context, String path);
}
