package org.mekong.log.evidence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An evidence bundle, taken apart but not verified: one JSON object with the members of this
 * record. {@link EvidenceVerifier} says what each has to be.
 *
 * @param requestId the same in both nations
 * @param signedRequest compact JWS of the asking gateway
 * @param signedAnswer compact JWS of the answering gateway; absent when none came
 * @param gateways the public keys of both gateways, by nation
 * @param legs the entries of the asking gateway's log with their proofs, in their order
 * @param peerReceipt proof that the answering gateway's log holds the answer; absent without one
 * @param openings what opens commitments in these entries, for who may know whom they are about
 */
public record EvidenceBundle(
    String requestId,
    String signedRequest,
    Optional<String> signedAnswer,
    GatewayKeys gateways,
    List<Leg> legs,
    Optional<String> peerReceipt,
    List<KnownSubject> openings) {
  /** The version of this form. */
  public static final int VERSION = 1;

  /** The longest bundle that is read, in bytes. */
  public static final int MAXIMUM_LENGTH = 4 * 1024 * 1024;

  private static final int MOST_LEGS = 64;
  private static final String PART = "bundle";
  private static final Set<String> MEMBERS =
      Set.of(
          "version",
          "requestId",
          "signedRequest",
          "signedAnswer",
          "gateways",
          "legs",
          "peerReceipt",
          "openings");

  public EvidenceBundle {
    legs = List.copyOf(legs);
    openings = List.copyOf(openings);
  }

  /**
   * An entry of a log.
   *
   * @param leg {@code request}, {@code answer} or {@code failure}
   * @param proof text of a proof file of c2sp.org/tlog-proof that carries the entry
   */
  public record Leg(String leg, String proof) {}

  /**
   * What opens a commitment.
   *
   * @param commitment as it stands in an entry
   * @param key 32 bytes, base64url
   * @param subject whom the entry is about
   */
  public record KnownSubject(String commitment, String key, String subject) {
    @Override
    public String toString() {
      return "KnownSubject[hidden]";
    }
  }

  /**
   * Reads a bundle.
   *
   * @throws EvidenceException when it is malformed, of another version or over a limit
   */
  public static EvidenceBundle parse(byte[] file) throws EvidenceException {
    if (file.length > MAXIMUM_LENGTH) {
      throw new EvidenceException(PART, "longer than " + MAXIMUM_LENGTH + " bytes");
    }
    Members bundle = Members.parse(PART, file);
    if (bundle.number("version") != VERSION) {
      throw bundle.wrong("of another version than " + VERSION);
    }
    if (!MEMBERS.containsAll(bundle.all().keySet())) {
      throw bundle.wrong("a member that version " + VERSION + " does not know");
    }
    List<Leg> legs = new ArrayList<>();
    for (Members leg : bundle.objects("legs")) {
      legs.add(new Leg(leg.text("leg"), leg.text("proof")));
    }
    List<KnownSubject> openings = new ArrayList<>();
    for (Members opening : bundle.objects("openings")) {
      openings.add(opening(opening));
    }
    if (legs.size() > MOST_LEGS || openings.size() > MOST_LEGS) {
      throw bundle.wrong("more than " + MOST_LEGS + " legs or openings");
    }
    return new EvidenceBundle(
        bundle.text("requestId"),
        bundle.text("signedRequest"),
        bundle.optionalText("signedAnswer"),
        GatewayKeys.ofBundle(bundle.object("gateways")),
        legs,
        bundle.optionalText("peerReceipt"),
        openings);
  }

  /**
   * The members of a bundle as they are written.
   *
   * @param gateways JWK sets by nation, in whatever form the writer's JSON takes them
   */
  public static Map<String, Object> members(
      String requestId,
      String signedRequest,
      Optional<String> signedAnswer,
      Map<String, ?> gateways,
      List<Leg> legs,
      Optional<String> peerReceipt,
      List<KnownSubject> openings) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("version", VERSION);
    members.put("requestId", requestId);
    members.put("signedRequest", signedRequest);
    signedAnswer.ifPresent(answer -> members.put("signedAnswer", answer));
    members.put("gateways", gateways);
    members.put(
        "legs", legs.stream().map(leg -> Map.of("leg", leg.leg(), "proof", leg.proof())).toList());
    peerReceipt.ifPresent(receipt -> members.put("peerReceipt", receipt));
    if (!openings.isEmpty()) {
      members.put("openings", openings.stream().map(EvidenceBundle::members).toList());
    }
    return members;
  }

  static KnownSubject opening(Members opening) throws EvidenceException {
    return new KnownSubject(
        opening.text("commitment"), opening.text("key"), opening.text("subject"));
  }

  static Map<String, Object> members(KnownSubject opening) {
    return Map.of(
        "commitment", opening.commitment(), "key", opening.key(), "subject", opening.subject());
  }

  /** Names the request alone: the rest is personal data. */
  @Override
  public String toString() {
    return "EvidenceBundle[" + requestId + "]";
  }
}
