package org.mekong.registry.disclosure;

import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What stands for a person in the log. */
@Singleton
class SubjectCommitments {

  private final SecureRandom random = new SecureRandom();

  /** A commitment to a subject and a request, base64url. */
  String commit(Connection transaction, UUID subject, String requestId) throws SQLException {
    byte[] key = new byte[32];
    random.nextBytes(key);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      byte[] commitment =
          mac.doFinal((subject + requestId).getBytes(java.nio.charset.StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(commitment);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
