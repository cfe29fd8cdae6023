package org.mekong.identity.authorization;

import java.net.URI;
import java.util.Optional;

/** Where a browser goes from the authorization endpoint. */
sealed interface Next {
  /** Back to the client, with an answer, at an address that was verified. */
  record Client(URI location) implements Next {}

  /**
   * To a page of ours.
   *
   * @param path with the id of what is under way
   * @param newBrowser the secret for a browser that showed none
   */
  record Here(String path, Optional<String> newBrowser) implements Next {}

  /**
   * Nowhere: a page says why.
   *
   * @param what key of the text
   */
  record Nowhere(String what) implements Next {}
}
