package org.mekong.identity.subject;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import org.mekong.identity.agency.Agency;
import org.mekong.identity.client.Client;
import org.mekong.identity.key.NodeSecrets;

/**
 * Names of people and of their sessions as one agency knows them (OpenID Connect Core section 8.1):
 * HMAC-SHA256 under a secret of this node. The clients of an agency see one name, another agency's
 * another; nobody computes one from the other.
 */
@Singleton
public class PairwiseNames {
  private final NodeSecrets secrets;

  PairwiseNames(NodeSecrets secrets) {
    this.secrets = secrets;
  }

  /** The {@code sub} of an account for a client. */
  public String subject(Client client, UUID account) {
    return name("subject", sector(client), account);
  }

  /** The {@code sid} of a browser session for a client. */
  public String session(Client client, UUID session) {
    return name("session", sector(client), session);
  }

  /**
   * What stands for a browser session in the journal: entries of one session can be told to belong
   * together, and nobody finds the session by it.
   */
  public String inJournal(UUID session) {
    return name("session", "journal", session);
  }

  /** Whom a client belongs to; a client without an agency is by itself. */
  private static String sector(Client client) {
    return client
        .agency()
        .map(Agency::id)
        .map(id -> "agency " + id)
        .orElse("client " + client.id());
  }

  private String name(String use, String sector, UUID id) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(secrets.secret(NodeSecrets.PAIRWISE));
      mac.update((use + '\0' + sector + '\0').getBytes(StandardCharsets.UTF_8));
      byte[] name = mac.doFinal(id.toString().getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(name);
    } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
      throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
    }
  }
}
