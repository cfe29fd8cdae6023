package org.mekong.identity;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.util.List;

/** Who this issuer is and for whom it issues. */
@ConfigMapping(prefix = "identity")
interface IssuerConfig {
  /** The issuer identifier: an https URL without query, fragment or trailing slash. */
  URI issuer();

  /** Base URLs of the protected resources that tokens may be issued for. */
  List<URI> resources();
}
