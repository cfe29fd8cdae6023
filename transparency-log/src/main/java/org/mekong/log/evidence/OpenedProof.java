package org.mekong.log.evidence;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.mekong.log.commitment.Commitment;
import org.mekong.log.entry.Json;
import org.mekong.log.entry.JsonException;
import org.mekong.log.verify.Policy;
import org.mekong.log.verify.ProofException;
import org.mekong.log.verify.ProofVerifier;
import org.mekong.log.verify.VerifiedEntry;

/**
 * A proof that an entry stands in a log, with what opens the commitment in that entry: for the
 * person whom the entry is about. Whoever holds the file can show whom the entry is about, and
 * nobody else learns it from the log. One JSON object with {@code version} and the members of this
 * record.
 *
 * @param proof text of a proof file of c2sp.org/tlog-proof that carries the entry
 * @param opening what opens the commitment that the entry holds as {@code subject}
 */
public record OpenedProof(String proof, EvidenceBundle.KnownSubject opening) {
  /** The version of this form. */
  public static final int VERSION = 1;

  private static final String PART = "proof file";
  private static final Set<String> MEMBERS = Set.of("version", "proof", "opening");

  /** Whether a file says that it is one, right or wrong; it may be an evidence bundle otherwise. */
  public static boolean isMeant(byte[] file) {
    try {
      return Json.object(file).containsKey("opening");
    } catch (JsonException e) {
      return false;
    }
  }

  /**
   * Reads a file.
   *
   * @throws EvidenceException when it is malformed, of another version or over a limit
   */
  public static OpenedProof parse(byte[] file) throws EvidenceException {
    if (file.length > EvidenceBundle.MAXIMUM_LENGTH) {
      throw new EvidenceException(PART, "longer than " + EvidenceBundle.MAXIMUM_LENGTH + " bytes");
    }
    Members members = Members.parse(PART, file);
    if (members.number("version") != VERSION) {
      throw members.wrong("of another version than " + VERSION);
    }
    if (!MEMBERS.containsAll(members.all().keySet())) {
      throw members.wrong("a member that version " + VERSION + " does not know");
    }
    return new OpenedProof(
        members.text("proof"), EvidenceBundle.opening(members.object("opening")));
  }

  /**
   * Verifies the proof by a policy, and that the entry it proves is about the subject.
   *
   * @throws EvidenceException naming the first thing that is wrong
   */
  public VerifiedEntry verify(Policy policy) throws EvidenceException {
    VerifiedEntry verified;
    try {
      verified = ProofVerifier.verify(proof, policy);
    } catch (ProofException e) {
      throw new EvidenceException("proof", e);
    }
    Members entry = Members.parse("entry", verified.entry());
    if (!entry.text("subject").equals(opening.commitment())) {
      throw new EvidenceException("opening", "the commitment is not the one of the entry");
    }
    byte[] key = SignedStatement.decode("opening", opening.key());
    if (!opens(opening, key, entry.text("request_id"))) {
      throw new EvidenceException("opening", "it does not open the commitment");
    }
    return verified;
  }

  private static boolean opens(EvidenceBundle.KnownSubject opening, byte[] key, String requestId) {
    try {
      return Commitment.parse(opening.commitment()).isOpenedBy(key, opening.subject(), requestId);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The members of the file as they are written. */
  public Map<String, Object> members() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("version", VERSION);
    members.put("proof", proof);
    members.put("opening", EvidenceBundle.members(opening));
    return members;
  }

  @Override
  public String toString() {
    return "OpenedProof[hidden]";
  }
}
