package org.mekong.identity;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Who this issuer is and for whom it issues. */
@ConfigMapping(prefix = "identity")
public interface IssuerConfig {
  /** The issuer identifier: an https URL without query, fragment or trailing slash. */
  URI issuer();

  /** Base URLs of the protected resources that tokens may be issued for, besides the issuer. */
  List<URI> resources();

  /** Every audience that may stand in a token: the issuer (its admin API) first. */
  default List<String> audiences() {
    List<String> audiences = new ArrayList<>(List.of(issuer().toString()));
    resources().forEach(resource -> audiences.add(resource.toString()));
    return List.copyOf(audiences);
  }

  /** The absolute URL of a path of this service. */
  default URI at(String path) {
    return URI.create(issuer() + path);
  }
}
