package org.mekong.log.tile;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * A log that is served over HTTP.
 *
 * @param client with the TLS settings that the server asks for
 * @param prefix of the log, without a last slash
 * @param timeout of one resource
 */
public record UrlSource(HttpClient client, URI prefix, Duration timeout) implements TileSource {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** A log that is waited for with patience. */
  public UrlSource(HttpClient client, URI prefix) {
    this(client, prefix, PATIENCE);
  }

  @Override
  public Optional<byte[]> read(String path) throws IOException {
    HttpRequest get =
        HttpRequest.newBuilder(URI.create(prefix + "/" + path)).timeout(timeout).GET().build();
    try {
      HttpResponse<InputStream> response =
          client.send(get, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        return switch (response.statusCode()) {
          case 200 -> Optional.of(limited(body, path));
          case 404, 410 -> Optional.empty();
          default -> throw new IOException(path + ": status " + response.statusCode());
        };
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while reading " + path, e);
    }
  }

  private static byte[] limited(InputStream body, String path) throws IOException {
    byte[] bytes = body.readNBytes(MAXIMUM_LENGTH + 1);
    if (bytes.length > MAXIMUM_LENGTH) {
      throw new IOException(path + " is longer than any resource of a log");
    }
    return bytes;
  }
}
