package org.mekong.gateway.http;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.quarkus.micrometer.runtime.HttpServerMetricsTagsContributor;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * Tells in the metrics of requests by what kind of problem one was answered: a status alone does
 * not say whether something is broken, or a caller has to come later.
 */
@Singleton
class ProblemKinds implements HttpServerMetricsTagsContributor {

  private static final String REQUESTS = "http.server.requests";
  private static final String TAG = "problem";
  private static final String NONE = "none";
  private static final String KEY = ProblemKinds.class.getName();

  /** Notes that the request at hand is answered by a problem of this name. */
  static void note(String name) {
    io.vertx.core.Context request = Vertx.currentContext();
    if (request != null) {
      request.putLocal(KEY, name);
    }
  }

  @Override
  public Tags contribute(Context answered) {
    String name = answered.requestContextLocalData(KEY);
    return Tags.of(TAG, name == null ? NONE : name);
  }

  /** Who goes before the answer is counted without asking here; all series need the same tags. */
  @Produces
  @Singleton
  static MeterFilter forEachRequest() {
    return new MeterFilter() {
      @Override
      public Meter.Id map(Meter.Id id) {
        return id.getName().equals(REQUESTS) && id.getTag(TAG) == null
            ? id.withTag(Tag.of(TAG, NONE))
            : id;
      }
    };
  }
}
