package org.mekong.gateway.administration.agreements;

import com.nimbusds.jose.jwk.JWKSet;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.administration.AdministrativeActs;
import org.mekong.gateway.administration.AdministrativeActs.Deed;
import org.mekong.gateway.agreement.Agreement;
import org.mekong.gateway.agreement.AgreementBook;
import org.mekong.gateway.agreement.AgreementReference;
import org.mekong.gateway.agreement.shadow.ShadowCounts;
import org.mekong.gateway.agreement.signing.AgreementSignature;
import org.mekong.gateway.agreement.signing.SignatureRefused;
import org.mekong.gateway.agreement.store.KeptAgreement;
import org.mekong.gateway.agreement.store.KeptAgreements;
import org.mekong.gateway.agreement.store.KeptSignature;
import org.mekong.gateway.exchange.ExchangeKey;
import org.mekong.gateway.http.Problem;
import org.mekong.gateway.peer.Peer;
import org.mekong.gateway.peer.Peers;
import org.mekong.gateway.storage.Revision;
import org.mekong.log.PendingEntry;

/** What administrators do with agreements. */
@ApplicationScoped
class AgreementAdministration {

  private final AdministrativeActs acts;
  private final AgreementBook book;
  private final Peers peers;
  private final ExchangeKey key;
  private final String self;

  @Inject
  AgreementAdministration(
      AdministrativeActs acts,
      AgreementBook book,
      Peers peers,
      ExchangeKey key,
      @ConfigProperty(name = "mekong.nation") String self) {
    this.acts = acts;
    this.book = book;
    this.peers = peers;
    this.key = key;
    this.self = self;
  }

  /** Keeps a document as it was sent; it binds nobody yet. */
  Response propose(@Nullable String idempotencyKey, byte[] document) {
    Agreement agreement = AgreementRules.read(document);
    AgreementRules.requireKnownParties(agreement, self, nations());
    String digest = AgreementRules.digest(document);
    return acts.perform(
        idempotencyKey,
        AdministrativeActs.request("propose-agreement", digest),
        connection -> {
          Revision.AGREEMENTS.advance(connection);
          Optional<KeptAgreement> there = KeptAgreements.find(connection, agreement.reference());
          if (there.isPresent()) {
            AgreementRules.requireSame(there.get(), digest);
            return Deed.nothing(view(connection, there.get()));
          }
          AgreementRules.requireNotExpired(agreement, today());
          AgreementRules.requireSameParties(agreement, book.all());
          KeptAgreements.add(
              connection,
              new KeptAgreement(
                  agreement.reference(),
                  document,
                  digest,
                  acts.who(),
                  acts.now(),
                  null,
                  null,
                  java.util.List.of()));
          return done(connection, 201, "agreement_proposed", agreement.reference(), Map.of());
        });
  }

  /** Has this nation sign; another administrator than who proposed it. */
  Response approve(AgreementReference reference) {
    return changing(
        connection -> {
          KeptAgreement kept = require(connection, reference);
          Agreement agreement = AgreementRules.read(kept.document());
          if (kept.signedBy(self)) {
            return Deed.nothing(view(connection, kept));
          }
          AgreementRules.requireNotOver(agreement, kept, today());
          if (kept.proposedBy().equals(acts.who())) {
            throw AdministrativeActs.sameAdministrator();
          }
          KeptAgreements.approve(connection, reference, acts.who());
          KeptAgreements.sign(
              connection,
              reference,
              new KeptSignature(
                  self,
                  key.publicKey().toJSONString(),
                  AgreementSignature.sign(key.key(), kept.document())),
              acts.now());
          return done(
              connection,
              200,
              "agreement_signed",
              reference,
              Map.of("key_id", key.publicKey().getKeyID()));
        });
  }

  /** Adds the signature of another party, verified by the keys that are pinned for it. */
  Response add(AgreementReference reference, String signature) {
    return changing(
        connection -> {
          KeptAgreement kept = require(connection, reference);
          Agreement agreement = AgreementRules.read(kept.document());
          AgreementRules.requireNotOver(agreement, kept, today());
          KeptSignature verified = verified(kept, agreement, signature);
          if (kept.signedBy(verified.nation())) {
            return Deed.nothing(view(connection, kept));
          }
          KeptAgreements.sign(connection, reference, verified, acts.now());
          return done(
              connection,
              200,
              "agreement_signature_added",
              reference,
              Map.of("nation", verified.nation()));
        });
  }

  private KeptSignature verified(KeptAgreement kept, Agreement agreement, String signature) {
    Map<String, JWKSet> keys = new TreeMap<>();
    for (Peer peer : peers.pinned()) {
      if (agreement.parties().contains(peer.nation())) {
        keys.put(peer.nation(), peer.keys());
      }
    }
    try {
      if (keys.isEmpty()) {
        throw AgreementRules.refused(
            "agreement/unknown-party",
            "No other party is a peer of this gateway.",
            "Add the parties as peers first.");
      }
      return AgreementRules.verified(kept.document(), signature, keys);
    } catch (SignatureRefused e) {
      throw AgreementRules.refused(
          "agreement/signature",
          "This is no signature of another party: " + e.getMessage() + ".",
          "Fetch it again from the party's gateway, and compare the document's digest.");
    }
  }

  /** Ends a version from a day on; one administrator may, since it only takes away. */
  Response terminate(
      AgreementReference reference, @Nullable LocalDate wanted, @Nullable String note) {
    LocalDate from = wanted == null ? today() : wanted;
    if (from.isBefore(today())) {
      throw Problem.malformed("from: today or later, UTC.");
    }
    return changing(
        connection -> {
          KeptAgreement kept = require(connection, reference);
          LocalDate before = kept.terminatedFrom();
          if (before != null && !from.isBefore(before)) {
            return Deed.nothing(view(connection, kept));
          }
          KeptAgreements.terminate(connection, reference, from);
          ShadowCounts.end(connection, reference);
          return done(
              connection,
              200,
              "agreement_terminated",
              reference,
              note == null
                  ? Map.of("from", from.toString())
                  : Map.of("from", from.toString(), "reference", note));
        });
  }

  /** Tries a version beside the one in force, in place of another one of the agreement. */
  Response startShadow(AgreementReference reference) {
    return changing(
        connection -> {
          KeptAgreement kept = require(connection, reference);
          AgreementRules.requireNotOver(AgreementRules.read(kept.document()), kept, today());
          if (ShadowCounts.since(connection, reference) != null) {
            return Deed.nothing(view(connection, kept));
          }
          ShadowCounts.start(connection, reference, acts.now());
          return done(connection, 200, "agreement_shadow_started", reference, Map.of());
        });
  }

  /** Tries it no longer; the counts stay. */
  Response endShadow(AgreementReference reference) {
    return changing(
        connection -> {
          KeptAgreement kept = require(connection, reference);
          return ShadowCounts.end(connection, reference)
              ? done(connection, 200, "agreement_shadow_ended", reference, Map.of())
              : Deed.nothing(view(connection, kept));
        });
  }

  /** One version, or a problem. */
  KeptAgreement require(Connection connection, AgreementReference reference) throws SQLException {
    return KeptAgreements.find(connection, reference)
        .orElseThrow(
            () ->
                Problem.of(
                        "not-found",
                        404,
                        "Nothing here",
                        "There is no such version of such an agreement.",
                        "See GET /admin/v1/agreements for those that there are.")
                    .build());
  }

  /** A version as administrators see it. */
  AgreementView view(Connection connection, KeptAgreement kept) throws SQLException {
    Agreement agreement = AgreementRules.read(kept.document());
    return AgreementView.of(
        kept,
        agreement,
        AgreementRules.state(kept, agreement, book.all(), self, today()),
        ShadowCounts.since(connection, kept.reference()));
  }

  private Response changing(AdministrativeActs.Work work) {
    Response response =
        acts.perform(
            connection -> {
              Revision.AGREEMENTS.advance(connection);
              return work.in(connection);
            });
    book.refresh();
    return response;
  }

  private Deed done(
      Connection connection,
      int status,
      String act,
      AgreementReference reference,
      Map<String, String> members)
      throws SQLException {
    KeptAgreement kept = require(connection, reference);
    Map<String, Object> entry = new TreeMap<>(members);
    entry.put("agreement", reference.toString());
    entry.put("digest", kept.digest());
    PendingEntry appended = acts.append(connection, act, entry);
    return new Deed(status, view(connection, kept), Optional.of(appended));
  }

  private Set<String> nations() {
    return peers.pinned().stream().map(Peer::nation).collect(Collectors.toSet());
  }

  private LocalDate today() {
    return LocalDate.ofInstant(acts.now(), ZoneOffset.UTC);
  }
}
