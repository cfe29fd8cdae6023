package org.mekong.gateway.peer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.peer.PeerDescription.Certificate;
import org.mekong.gateway.peer.PeerDescription.SigningKey;
import org.mekong.log.note.KeyType;
import org.mekong.log.note.NoteException;
import org.mekong.log.note.VerifierKey;

/**
 * What is wrong with a description of a peer. Pure. What is another's cannot be a peer's: neither
 * our own keys nor a certificate, key or log that is pinned for another nation.
 */
public final class PeerCheck {

  private static final int MOST = 8;
  private static final int LONGEST = 500;

  private PeerCheck() {}

  /**
   * The faults, each with the member that it is in.
   *
   * @param self our nation
   * @param own public keys of our own
   * @param others descriptions of the peers of other nations
   */
  public static List<String> faults(
      PeerDescription peer,
      String self,
      Collection<? extends JWK> own,
      Collection<PeerDescription> others,
      Instant now) {
    var faults = new ArrayList<String>();
    String nation = peer.nation();
    if (nation == null || !nation.matches("[A-Z]{2}") || nation.equals(self)) {
      faults.add("nation: two capital letters (ISO 3166-1 alpha-2), of another nation");
      return faults;
    }
    if (peer.url() == null
        || !"https".equals(peer.url().getScheme())
        || peer.url().getHost() == null
        || peer.url().getRawQuery() != null
        || peer.url().getRawFragment() != null
        || peer.url().getRawUserInfo() != null
        || peer.url().toString().length() > LONGEST) {
      faults.add("url: https, with a host, without user, query or fragment");
    }
    certificates(PeerDescription.present(peer.certificates()), others, now, faults);
    keys(PeerDescription.present(peer.keys()), own, others, now, faults);
    logKeys(nation, PeerDescription.present(peer.logKeys()), faults);
    return faults;
  }

  private static void certificates(
      List<Certificate> certificates,
      Collection<PeerDescription> others,
      Instant now,
      List<String> faults) {
    var seen = new HashSet<X500Principal>();
    others.forEach(other -> seen.addAll(other.subjects(Instant.MIN)));
    boolean good = false;
    for (Certificate each : certificates) {
      X500Principal subject = subject(each.subject());
      if (subject == null || subject.getName().isEmpty()) {
        faults.add("certificates: a subject such as CN=gateway.la.mekong.example");
      } else if (!seen.add(subject)) {
        faults.add("certificates: a subject stands twice, or is another peer's");
      }
      good |= each.until() == null || now.isBefore(each.until());
    }
    count(certificates, good, "certificates", faults);
  }

  private static @Nullable X500Principal subject(@Nullable String name) {
    try {
      return name == null || name.length() > LONGEST ? null : new X500Principal(name);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static void keys(
      List<SigningKey> keys,
      Collection<? extends JWK> own,
      Collection<PeerDescription> others,
      Instant now,
      List<String> faults) {
    Set<String> ids = new HashSet<>();
    Set<String> thumbprints = new HashSet<>();
    own.forEach(key -> thumbprints.add(thumbprint(key)));
    others.forEach(o -> o.allKeys().getKeys().forEach(key -> thumbprints.add(thumbprint(key))));
    boolean good = false;
    for (SigningKey each : keys) {
      ECKey key = key(each.jwk());
      if (key == null) {
        faults.add("keys: a public key on P-256 with a key id, as a JWK");
      } else if (!ids.add(key.getKeyID()) || !thumbprints.add(thumbprint(key))) {
        faults.add("keys: a key or its id stands twice, or is ours or another peer's");
      }
      good |= each.until() == null || now.isBefore(each.until());
    }
    count(keys, good, "keys", faults);
  }

  private static @Nullable ECKey key(@Nullable Map<String, Object> jwk) {
    try {
      return jwk != null
              && JWK.parse(jwk) instanceof ECKey key
              && !key.isPrivate()
              && Curve.P_256.equals(key.getCurve())
              && key.getKeyID() != null
              && key.getKeyID().length() <= LONGEST
          ? key
          : null;
    } catch (ParseException | IllegalArgumentException | IllegalStateException e) {
      return null;
    }
  }

  private static String thumbprint(JWK key) {
    try {
      return key.computeThumbprint().toString();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void logKeys(String nation, List<String> logKeys, List<String> faults) {
    String prefix = nation.toLowerCase(Locale.ROOT) + ".mekong.example/";
    for (String text : logKeys) {
      try {
        VerifierKey key = VerifierKey.parse(text);
        if (key.type() != KeyType.LOG || !key.name().startsWith(prefix)) {
          faults.add("logKeys: keys of logs whose origin begins with " + prefix);
        }
      } catch (NoteException e) {
        faults.add("logKeys: verifier keys of logs, as their note signers write them");
      }
    }
    if (logKeys.size() > 4 * MOST || Set.copyOf(logKeys).size() < logKeys.size()) {
      faults.add("logKeys: each once, and " + 4 * MOST + " at most");
    }
  }

  private static void count(List<?> list, boolean good, String member, List<String> faults) {
    if (!good || list.size() > MOST) {
      faults.add(member + ": 1 to " + MOST + ", one of them good now");
    }
  }
}
