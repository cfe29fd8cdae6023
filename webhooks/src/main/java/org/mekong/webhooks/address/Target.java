package org.mekong.webhooks.address;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * Where a webhook points to.
 *
 * @param host name or address, without brackets
 * @param path path and query, as they are sent
 */
public record Target(String host, int port, String path) {

  private static final int LONGEST = 2048;
  private static final int HTTPS = 443;

  /** Reads a URL: https, with a host, without credentials or fragment. */
  public static Optional<Target> parse(String url) {
    if (url.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      URI uri = new URI(url);
      boolean fits =
          "https".equalsIgnoreCase(uri.getScheme())
              && uri.getHost() != null
              && uri.getRawUserInfo() == null
              && uri.getRawFragment() == null
              && uri.getPort() != 0
              && uri.getPort() <= 65_535
              && url.chars().allMatch(sign -> sign > ' ' && sign < 0x7f);
      if (!fits) {
        return Optional.empty();
      }
      String host = uri.getHost();
      String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
      return Optional.of(
          new Target(
              host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
              uri.getPort() < 0 ? HTTPS : uri.getPort(),
              uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery()));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
