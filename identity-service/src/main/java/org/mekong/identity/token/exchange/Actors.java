package org.mekong.identity.token.exchange;

import java.util.LinkedHashMap;
import java.util.Map;
import org.mekong.identity.client.Client;
import org.mekong.identity.oauth.OAuthRefused;
import org.mekong.resourceserver.token.VerifiedAccess;

/** The {@code act} claim (RFC 8693 section 4.1): who acts now, and for whom they took over. */
final class Actors {
  private Actors() {}

  static Map<String, Object> with(Client actor, VerifiedAccess subject, int longest)
      throws OAuthRefused {
    Map<String, Object> act = new LinkedHashMap<>();
    act.put("sub", actor.id());
    Object before = subject.claims().get("act");
    if (before != null) {
      if (length(before) + 1 > longest) {
        throw OAuthRefused.request(
            "exchange/chain", "A token is exchanged at most " + longest + " times.");
      }
      act.put("act", before);
    }
    return act;
  }

  private static int length(Object act) {
    return act instanceof Map<?, ?> map && map.get("act") != null ? 1 + length(map.get("act")) : 1;
  }
}
