package org.mekong.gateway.administration.peers;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.administration.AdministrativeActs;
import org.mekong.gateway.administration.AdministrativeActs.Deed;
import org.mekong.gateway.exchange.ExchangeKey;
import org.mekong.gateway.http.Problem;
import org.mekong.gateway.http.RequestIds;
import org.mekong.gateway.peer.KeptPeer;
import org.mekong.gateway.peer.KeptPeers;
import org.mekong.gateway.peer.PeerCheck;
import org.mekong.gateway.peer.PeerDescription;
import org.mekong.gateway.peer.Peers;
import org.mekong.gateway.storage.Revision;

/** What administrators do with peers. */
@ApplicationScoped
class PeerAdministration {

  private static final Duration LASTS = Duration.ofDays(7);

  private final AdministrativeActs acts;
  private final Peers peers;
  private final ExchangeKey key;
  private final String self;

  @Inject
  PeerAdministration(
      AdministrativeActs acts,
      Peers peers,
      ExchangeKey key,
      @ConfigProperty(name = "mekong.nation") String self) {
    this.acts = acts;
    this.peers = peers;
    this.key = key;
    this.self = self;
  }

  /** Proposes a new peer, or another description of one; it takes effect when it is approved. */
  Response propose(@Nullable String idempotencyKey, PeerDescription description) {
    return acts.perform(
        idempotencyKey,
        AdministrativeActs.request("propose-peer", description),
        connection -> {
          check(connection, description);
          String nation = String.valueOf(description.nation());
          PeerProposal proposal =
              new PeerProposal(
                  RequestIds.next(),
                  nation,
                  KeptPeers.find(connection, nation).map(KeptPeer::version).orElse(0),
                  "pending",
                  acts.who(),
                  acts.now(),
                  acts.now().plus(LASTS),
                  null,
                  null,
                  description);
          PeerProposals.add(connection, proposal);
          return new Deed(
              201,
              proposal,
              Optional.of(
                  acts.append(
                      connection,
                      "peer_proposed",
                      Map.of("nation", nation, "proposal", proposal.id().toString()))));
        });
  }

  /**
   * Puts what was proposed in force; another administrator than who proposed it. It ends a
   * suspension.
   */
  Response approve(UUID id) {
    return changing(
        connection -> {
          PeerProposal proposal = pending(connection, id);
          if (proposal.proposedBy().equals(acts.who())) {
            throw AdministrativeActs.sameAdministrator();
          }
          check(connection, proposal.description());
          int version =
              KeptPeers.find(connection, proposal.nation()).map(KeptPeer::version).orElse(0);
          if (version != proposal.baseVersion()) {
            throw AdministrativeActs.conflict(
                "peer/changed",
                "The peer has been changed since this was proposed.",
                "Reject it, and propose it anew over what is there now.");
          }
          KeptPeer changed = new KeptPeer(proposal.description(), version + 1, false, false);
          KeptPeers.put(connection, changed, acts.now());
          PeerProposals.decide(connection, id, "approved", acts.who(), acts.now());
          return new Deed(
              200,
              PeerView.of(changed),
              Optional.of(
                  acts.append(
                      connection,
                      "peer_changed",
                      Map.of(
                          "nation", proposal.nation(),
                          "peer_version", version + 1,
                          "proposal", id.toString()))));
        });
  }

  /** Rejects a proposal, or withdraws one's own. */
  Response reject(UUID id) {
    return changing(
        connection -> {
          PeerProposal proposal = pending(connection, id);
          PeerProposals.decide(connection, id, "rejected", acts.who(), acts.now());
          return new Deed(
              200,
              PeerProposals.hold(connection, id).orElseThrow(),
              Optional.of(
                  acts.append(
                      connection,
                      "peer_proposal_rejected",
                      Map.of("nation", proposal.nation(), "proposal", id.toString()))));
        });
  }

  /** Suspends a peer at once; one administrator may, since it only takes away. */
  Response suspend(String nation) {
    return changing(
        connection -> {
          KeptPeer there = require(connection, nation);
          if (there.suspended()) {
            return Deed.nothing(PeerView.of(there));
          }
          KeptPeer changed =
              new KeptPeer(there.description(), there.version() + 1, true, there.configured());
          KeptPeers.put(connection, changed, acts.now());
          return new Deed(
              200,
              PeerView.of(changed),
              Optional.of(
                  acts.append(
                      connection,
                      "peer_suspended",
                      Map.of("nation", nation, "peer_version", changed.version()))));
        });
  }

  /** One peer, or a problem. */
  KeptPeer require(Connection connection, String nation) throws SQLException {
    return KeptPeers.find(connection, nation)
        .orElseThrow(() -> notFound("This nation has no peer here."));
  }

  private Response changing(AdministrativeActs.Work work) {
    Response response =
        acts.perform(
            connection -> {
              Revision.PEERS.advance(connection);
              return work.in(connection);
            });
    peers.refresh();
    return response;
  }

  private void check(Connection connection, PeerDescription description) throws SQLException {
    List<String> faults =
        PeerCheck.faults(
            description,
            self,
            key.all().getKeys(),
            KeptPeers.all(connection).stream()
                .map(KeptPeer::description)
                .filter(other -> !Objects.equals(other.nation(), description.nation()))
                .toList(),
            acts.now());
    if (!faults.isEmpty()) {
      throw Problem.of(
              "invalid-peer",
              422,
              "Not a peer",
              "The description cannot be used.",
              "Correct what violations names.")
          .with("rule", "peer/description")
          .with("violations", faults)
          .build();
    }
  }

  private PeerProposal pending(Connection connection, UUID id) throws SQLException {
    PeerProposal proposal =
        PeerProposals.hold(connection, id)
            .orElseThrow(() -> notFound("There is no such proposal."));
    boolean expired = !acts.now().isBefore(proposal.expiresAt());
    if (!proposal.status().equals("pending") || expired) {
      throw AdministrativeActs.conflict(
          "approval/" + (proposal.status().equals("pending") ? "expired" : proposal.status()),
          "This proposal cannot be decided any more.",
          "Propose it anew where it is still wanted.");
    }
    return proposal;
  }

  private static RuntimeException notFound(String detail) {
    return Problem.of(
            "not-found",
            404,
            "Nothing here",
            detail,
            "See GET /admin/v1/peers and GET /admin/v1/peers/proposals for what there is.")
        .build();
  }
}
