package org.mekong.identity;

import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/** Where this issuer and what it issues for are known, whatever host a request names. */
@Singleton
public class IssuerAddress {
  private final URI issuer;
  private final List<String> audiences;

  IssuerAddress(IssuerConfig config) {
    this.issuer = config.issuer();
    this.audiences =
        Stream.concat(Stream.of(issuer), config.resources().stream())
            .map(URI::toString)
            .distinct()
            .toList();
  }

  /** The issuer identifier. */
  public URI issuer() {
    return issuer;
  }

  /** Every audience that may stand in a token: the issuer itself, for its admin API, first. */
  public List<String> audiences() {
    return audiences;
  }

  /** The absolute URL of a path of this service. */
  public URI at(String path) {
    return URI.create(issuer + path);
  }
}
