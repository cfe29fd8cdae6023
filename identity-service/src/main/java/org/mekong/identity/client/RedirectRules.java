package org.mekong.identity.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.access.Members;

/**
 * Where people and messages may be sent: whole https URLs, which are compared letter by letter.
 * Plain http is for a native application on the person's own machine alone (RFC 8252 section 7.3).
 */
final class RedirectRules {
  private static final int MOST = 20;
  private static final int LONGEST = 500;
  private static final Set<String> ALGORITHMS = Set.of("ES256", "PS256", "EdDSA");
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]");

  private RedirectRules() {}

  /** Whether an http URL of the person's own machine is good enough. */
  enum Loopback {
    ALLOWED,
    REFUSED
  }

  static SignInSettings read(
      Members members,
      List<String> redirects,
      List<String> afterLogout,
      @Nullable String logout,
      String algorithm) {
    members
        .list("redirectUris", redirects, 0, MOST)
        .list("postLogoutRedirectUris", afterLogout, 0, MOST)
        .require(
            ALGORITHMS.contains(algorithm), "idTokenSignedResponseAlg", "must be of " + ALGORITHMS);
    return new SignInSettings(
        each(members, "redirectUris", redirects),
        each(members, "postLogoutRedirectUris", afterLogout),
        logout == null
            ? Optional.empty()
            : web(members, "backchannelLogoutUri", logout, Loopback.REFUSED),
        algorithm);
  }

  private static List<URI> each(Members members, String member, List<@Nullable String> texts) {
    List<URI> uris = new ArrayList<>();
    for (String text : texts) {
      if (text != null) {
        web(members, member, text, Loopback.ALLOWED).ifPresent(uris::add);
      }
    }
    return uris;
  }

  /** Reads a URL of the web. */
  static Optional<URI> web(Members members, String member, String text, Loopback loopback) {
    Optional<URI> uri = parse(text).filter(found -> fits(found, loopback));
    members.require(
        uri.isPresent(),
        member,
        "an https URL of at most "
            + LONGEST
            + " characters, in its normal form, without user, wildcard and fragment"
            + (loopback == Loopback.ALLOWED ? ", or http at 127.0.0.1 or [::1]" : ""));
    return uri;
  }

  private static Optional<URI> parse(String text) {
    if (text.length() > LONGEST || text.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      return Optional.empty();
    }
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException malformed) {
      return Optional.empty();
    }
  }

  private static boolean fits(URI uri, Loopback loopback) {
    String host = uri.getHost();
    boolean secure =
        "https".equals(uri.getScheme())
            || (loopback == Loopback.ALLOWED
                && "http".equals(uri.getScheme())
                && host != null
                && LOOPBACK.contains(host));
    return secure
        && host != null
        && host.chars().noneMatch(c -> c >= 'A' && c <= 'Z')
        && uri.getRawUserInfo() == null
        && uri.getRawFragment() == null
        && !uri.toString().contains("*")
        && uri.normalize().equals(uri)
        && !uri.getRawPath().contains("..");
  }
}
