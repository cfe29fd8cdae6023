package org.mekong.gateway.administration.agreements;

import com.nimbusds.jose.jwk.JWKSet;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.mekong.gateway.administration.AdministrativeActs;
import org.mekong.gateway.agreement.Agreement;
import org.mekong.gateway.agreement.AgreementBook;
import org.mekong.gateway.agreement.AgreementException;
import org.mekong.gateway.agreement.AgreementReader;
import org.mekong.gateway.agreement.signing.SignatureRefused;
import org.mekong.gateway.agreement.store.KeptAgreement;
import org.mekong.gateway.agreement.store.KeptAgreements;
import org.mekong.gateway.agreement.store.KeptSignature;
import org.mekong.gateway.exchange.ExchangeKey;
import org.mekong.gateway.peer.Peer;
import org.mekong.gateway.peer.Peers;
import org.mekong.gateway.receipt.GatewayLog;
import org.mekong.gateway.storage.Revision;
import org.mekong.gateway.storage.Transactions;
import org.mekong.log.PendingEntry;

/**
 * Brings the documents of {@code gateway.agreement-files} into the database at start. Beside each
 * {@code <file>} lies {@code <file>.signatures}: the detached JWS of each party, one a line. A
 * document without the valid signature of each party stops the start, and so does a version that
 * the database has with another document; one that is there already stays as it is.
 */
@ApplicationScoped
public class AgreementSeeds {

  private static final Logger LOG = Logger.getLogger(AgreementSeeds.class);
  private static final String PROPERTY = "gateway.agreement-files";

  private final List<Path> files;
  private final AdministrativeActs acts;
  private final AgreementBook book;
  private final Peers peers;
  private final ExchangeKey key;

  @Inject Transactions transactions;
  @Inject GatewayLog log;

  @ConfigProperty(name = "mekong.nation")
  String self;

  @Inject
  public AgreementSeeds(
      @ConfigProperty(name = PROPERTY) Optional<List<Path>> files,
      AdministrativeActs acts,
      AgreementBook book,
      Peers peers,
      ExchangeKey key) {
    this.files = files.orElse(List.of());
    this.acts = acts;
    this.book = book;
    this.peers = peers;
    this.key = key;
  }

  /** A document with the signatures that came with it. */
  private record Seed(Path file, byte[] document, Agreement agreement, List<String> signatures) {}

  /**
   * Reads, verifies and keeps them.
   *
   * @throws IllegalStateException naming the file and what is wrong with it
   */
  public void sow() throws SQLException {
    for (Path file : files) {
      Seed seed = read(file);
      Optional<PendingEntry> entry = transactions.in(connection -> sow(connection, seed));
      entry.ifPresent(log::await);
    }
    book.refresh();
  }

  private Optional<PendingEntry> sow(Connection connection, Seed seed) throws SQLException {
    Revision.AGREEMENTS.advance(connection);
    Agreement agreement = seed.agreement();
    String digest = AgreementRules.digest(seed.document());
    Optional<KeptAgreement> there = KeptAgreements.find(connection, agreement.reference());
    if (there.isPresent() && !there.get().digest().equals(digest)) {
      throw fault(
          seed.file(),
          "version "
              + agreement.reference()
              + " is there with another document, digest "
              + there.get().digest()
              + ": a changed document needs the next version");
    }
    if (there.isPresent() && there.get().binds(agreement)) {
      return Optional.empty();
    }
    List<KeptSignature> signatures = verified(seed);
    if (there.isEmpty()) {
      KeptAgreements.add(
          connection,
          new KeptAgreement(
              agreement.reference(),
              seed.document(),
              digest,
              KeptAgreement.CONFIGURATION,
              acts.now(),
              null,
              null,
              List.of()));
    }
    for (KeptSignature signature : signatures) {
      KeptAgreements.sign(connection, agreement.reference(), signature, acts.now());
    }
    LOG.infof(
        "Agreement %s between %s, valid from %s to %s, sha-256 %s",
        agreement.reference(),
        agreement.parties(),
        agreement.validFrom(),
        agreement.validUntil(),
        digest);
    return Optional.of(
        acts.appendConfigured(
            connection,
            "agreement_configured",
            Map.of("agreement", agreement.reference().toString(), "digest", digest)));
  }

  private List<KeptSignature> verified(Seed seed) {
    Map<String, JWKSet> keys = new TreeMap<>();
    for (Peer peer : peers.pinned()) {
      keys.put(peer.nation(), peer.keys());
    }
    keys.put(self, key.all());
    keys.keySet().retainAll(seed.agreement().parties());
    Map<String, KeptSignature> signed = new TreeMap<>();
    for (String line : seed.signatures()) {
      try {
        KeptSignature signature = AgreementRules.verified(seed.document(), line, keys);
        signed.put(signature.nation(), signature);
      } catch (SignatureRefused e) {
        throw fault(seed.file(), "a signature is refused: " + e.getMessage());
      }
    }
    Set<String> missing =
        seed.agreement().parties().stream()
            .filter(nation -> !signed.containsKey(nation))
            .collect(Collectors.toCollection(java.util.TreeSet::new));
    if (!missing.isEmpty()) {
      throw fault(seed.file(), "it is not signed by " + String.join(", ", missing));
    }
    return List.copyOf(signed.values());
  }

  private Seed read(Path file) {
    Path signatures = Path.of(file + ".signatures");
    try {
      byte[] document = Files.readAllBytes(file);
      Agreement agreement = new AgreementReader().read(document);
      AgreementRules.requireKnownParties(
          agreement, self, peers.pinned().stream().map(Peer::nation).collect(Collectors.toSet()));
      List<String> lines =
          Files.exists(signatures)
              ? Files.readAllLines(signatures).stream()
                  .map(String::strip)
                  .filter(line -> !line.isEmpty())
                  .toList()
              : List.of();
      return new Seed(file, document, agreement, lines);
    } catch (IOException e) {
      throw fault(file, "it cannot be read, or its signatures cannot (" + e + ")");
    } catch (AgreementException e) {
      throw fault(file, String.valueOf(e.getMessage()));
    } catch (HttpProblem e) {
      throw fault(file, String.valueOf(e.getDetail()));
    }
  }

  private static IllegalStateException fault(Path file, String what) {
    return new IllegalStateException(PROPERTY + ": " + file + ": " + what);
  }
}
