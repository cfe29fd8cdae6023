package org.mekong.gateway.agreement.store;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import org.mekong.gateway.agreement.Agreement;
import org.mekong.gateway.agreement.AgreementException;
import org.mekong.gateway.agreement.AgreementReader;
import org.mekong.gateway.agreement.AgreementReference;
import org.mekong.gateway.agreement.signing.AgreementSignature;
import org.mekong.gateway.agreement.signing.SignatureRefused;

/**
 * What the tables of agreements say, each signature verified again: a document that was altered in
 * the database binds nobody.
 *
 * @param bound the versions that each party has signed, and from when they are terminated
 * @param shadows by agreement, the version that is tried; it needs no signature
 */
public record AgreementRecords(
    Map<Agreement, Optional<LocalDate>> bound, Map<String, Agreement> shadows) {

  private static final Logger LOG = Logger.getLogger(AgreementRecords.class);
  private static final AgreementReader READER = new AgreementReader();

  /** Reads all of them. */
  public static AgreementRecords read(Connection connection) throws SQLException {
    Map<AgreementReference, Integer> tried = tried(connection);
    Map<Agreement, Optional<LocalDate>> bound = new LinkedHashMap<>();
    Map<String, Agreement> shadows = new TreeMap<>();
    for (KeptAgreement kept : KeptAgreements.all(connection)) {
      try {
        Agreement agreement = READER.read(kept.document());
        if (tried.containsKey(kept.reference())) {
          shadows.put(agreement.id(), agreement);
        }
        if (kept.binds(agreement)) {
          verify(kept);
          bound.put(agreement, Optional.ofNullable(kept.terminatedFrom()));
        }
      } catch (AgreementException | SignatureRefused | ParseException e) {
        LOG.errorf("Agreement %s is not used: %s", kept.reference(), e.getMessage());
      }
    }
    return new AgreementRecords(bound, shadows);
  }

  private static void verify(KeptAgreement kept) throws SignatureRefused, ParseException {
    for (KeptSignature signature : kept.signatures()) {
      AgreementSignature.verify(
          kept.document(), signature.signature(), new JWKSet(JWK.parse(signature.key())));
    }
  }

  private static Map<AgreementReference, Integer> tried(Connection connection) throws SQLException {
    Map<AgreementReference, Integer> tried = new LinkedHashMap<>();
    try (PreparedStatement select =
            connection.prepareStatement("SELECT id, version FROM agreement_shadow");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        tried.put(new AgreementReference(row.getString(1), row.getInt(2)), row.getInt(2));
      }
    }
    return tried;
  }
}
