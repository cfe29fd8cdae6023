package org.mekong.identity.journal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mekong.log.entry.CanonicalJson;

/**
 * One entry of the journal: canonical JSON (RFC 8785) with the members that all logs of Mekong
 * share. It names systems and acts, never a person, a number or a token.
 */
public final class JournalEntry {
  private final Map<String, Object> members = new TreeMap<>();

  private JournalEntry(String kind, String requestId, Instant time) {
    members.put("version", 1L);
    members.put("kind", kind);
    members.put("request_id", requestId);
    members.put("time", time.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  /** That a token was issued or refused. */
  public static JournalEntry ofToken(String requestId, Instant time) {
    return new JournalEntry("token", requestId, time);
  }

  /** That a client was given an authorization code, or was refused one. */
  public static JournalEntry ofAuthorization(String requestId, Instant time) {
    return new JournalEntry("authorization", requestId, time);
  }

  /** That somebody signed in. */
  public static JournalEntry ofSignIn(String requestId, Instant time) {
    return new JournalEntry("sign_in", requestId, time);
  }

  /** That somebody changed what others may do. */
  public static JournalEntry ofAdministration(String requestId, Instant time, String act) {
    return new JournalEntry("admin", requestId, time).with("act", act);
  }

  /** Adds a member; an empty text is left out. */
  public JournalEntry with(String member, String value) {
    if (!value.isEmpty()) {
      members.put(member, value);
    }
    return this;
  }

  /** Adds a list; an empty one is left out. */
  public JournalEntry with(String member, List<String> values) {
    if (!values.isEmpty()) {
      members.put(member, List.copyOf(values));
    }
    return this;
  }

  /** Adds the SHA-256 of a text, base64url, as {@code digest}. */
  public JournalEntry withDigestOf(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return with("digest", Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  byte[] bytes() {
    return CanonicalJson.write(members);
  }
}
