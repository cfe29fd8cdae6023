package org.mekong.gateway.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.mekong.gateway.json.StrictJson;

/** The gateway's log as anybody reads it, over HTTPS. */
public final class PublishedLog {

  private static final int TILE = 256;

  private final HttpClient http;
  private final URI base;

  public PublishedLog(Surroundings around) {
    this.http = HttpClient.newBuilder().sslContext(around.anonymousContext()).build();
    this.base = around.gateway().resolve("/log/" + Year.now(ZoneOffset.UTC).getValue() + "/");
  }

  /** A file of the log. */
  public HttpResponse<byte[]> file(String path) {
    try {
      return http.send(
          HttpRequest.newBuilder(base.resolve(path)).build(),
          HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public String text(String path) {
    return new String(file(path).body(), StandardCharsets.UTF_8);
  }

  public long size() {
    return Long.parseLong(text("checkpoint").split("\n", -1)[1]);
  }

  /** The entries from an index on. */
  public List<JsonNode> entriesFrom(long first) {
    long size = size();
    var entries = new ArrayList<JsonNode>();
    for (long tile = first / TILE; tile * TILE < size; tile++) {
      long width = Math.min(TILE, size - tile * TILE);
      String path = "tile/entries/%03d%s".formatted(tile, width < TILE ? ".p/" + width : "");
      ByteBuffer bundle = ByteBuffer.wrap(file(path).body());
      for (long index = tile * TILE; bundle.hasRemaining(); index++) {
        byte[] entry = new byte[Short.toUnsignedInt(bundle.getShort())];
        bundle.get(entry);
        if (index >= first) {
          entries.add(read(entry));
        }
      }
    }
    return entries;
  }

  /** The entries of a request, in order. */
  public List<JsonNode> entriesOf(String requestId) {
    return entriesFrom(0).stream()
        .filter(entry -> entry.path("request_id").asText().equals(requestId))
        .toList();
  }

  private static JsonNode read(byte[] entry) {
    try {
      return StrictJson.mapper().readTree(entry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
