package org.mekong.gateway.transport;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.context.Context;
import java.util.LinkedHashMap;
import java.util.Map;

/** The trace of the request at hand, to be passed on (W3C Trace Context). */
public final class Tracing {

  private Tracing() {}

  /** The headers {@code traceparent} and {@code tracestate}, where there is a trace. */
  public static Map<String, String> headers() {
    var headers = new LinkedHashMap<String, String>();
    GlobalOpenTelemetry.getPropagators()
        .getTextMapPropagator()
        .inject(Context.current(), headers, (carrier, name, value) -> headers.put(name, value));
    headers.remove("baggage");
    return headers;
  }
}
