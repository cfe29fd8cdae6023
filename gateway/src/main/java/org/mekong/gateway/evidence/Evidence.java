package org.mekong.gateway.evidence;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.mekong.gateway.exchange.ExchangeKey;
import org.mekong.gateway.peer.Peer;
import org.mekong.gateway.peer.Peers;
import org.mekong.gateway.receipt.GatewayLog;
import org.mekong.gateway.receipt.Leg;
import org.mekong.gateway.storage.Transactions;
import org.mekong.log.evidence.EvidenceBundle;

/** Puts evidence bundles together, each leg under the newest cosigned checkpoint that covers it. */
@ApplicationScoped
public class Evidence {

  private final Transactions transactions;
  private final GatewayLog log;
  private final Peers peers;
  private final PeerProof proofs;
  private final ExchangeKey key;

  @Inject EvidenceConfig config;
  @Inject Clock clock;

  @ConfigProperty(name = "mekong.nation")
  String self;

  @Inject
  Evidence(
      Transactions transactions, GatewayLog log, Peers peers, PeerProof proofs, ExchangeKey key) {
    this.transactions = transactions;
    this.log = log;
    this.peers = peers;
    this.proofs = proofs;
    this.key = key;
  }

  /**
   * The bundle on a request, as JSON members; empty for anybody but the agency that asked, and when
   * its time is over.
   */
  Optional<Map<String, Object>> bundle(UUID requestId, String agency) throws SQLException {
    Optional<KeptEvidence> kept =
        transactions.in(
            connection ->
                KeptEvidence.find(
                    connection, requestId, agency, clock.instant().minus(config.retention())));
    return kept.isEmpty() ? Optional.empty() : Optional.of(members(kept.get()));
  }

  private Map<String, Object> members(KeptEvidence kept) throws SQLException {
    List<EvidenceBundle.Leg> legs = new ArrayList<>();
    for (KeptEvidence.KeptLeg leg : kept.legs()) {
      legs.add(new EvidenceBundle.Leg(leg.leg().wireName(), log.await(leg.entry()).proof()));
    }
    Optional<Peer> peer = peers.pinned(kept.country());
    Map<String, Object> keys = new TreeMap<>();
    keys.put(self, key.all().toJSONObject());
    peer.ifPresent(found -> keys.put(found.nation(), found.formerKeys().toJSONObject()));
    return EvidenceBundle.members(
        kept.requestId().toString(),
        kept.signedRequest(),
        Optional.ofNullable(kept.signedAnswer()),
        keys,
        legs,
        peerReceipt(kept, peer),
        List.of()); // only the nation that was asked commits, and it alone can open
  }

  private Optional<String> peerReceipt(KeptEvidence kept, Optional<Peer> peer) throws SQLException {
    if (kept.country().equals(self)) {
      return kept.legs().stream()
          .filter(leg -> leg.leg() == Leg.ANSWER)
          .map(leg -> log.await(leg.entry()).proof())
          .findFirst();
    }
    String first = kept.peerReceipt();
    if (first == null || peer.isEmpty() || PeerProof.isCosigned(first)) {
      return Optional.ofNullable(first);
    }
    String newest = proofs.renewed(peer.get(), first).orElse(first);
    if (PeerProof.isCosigned(newest)) {
      transactions.in(connection -> KeptEvidence.proved(connection, kept.requestId(), newest));
    }
    return Optional.of(newest);
  }

  @Scheduled(
      every = "60s",
      delayed = "50s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void forget() throws SQLException {
    transactions.in(
        connection -> KeptEvidence.forget(connection, clock.instant().minus(config.retention())));
  }
}
