package org.mekong.log;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.mekong.log.merkle.MerkleHash;
import org.mekong.log.note.Checkpoint;
import org.mekong.log.note.Cosigner;
import org.mekong.log.note.Note;
import org.mekong.log.note.NoteException;
import org.mekong.log.note.NoteSigner;
import org.mekong.log.note.VerifierKey;
import org.mekong.log.tile.EntryBundle;
import org.mekong.log.tile.TilePath;
import org.mekong.log.verify.PolicyException;
import org.mekong.log.verify.PolicyFile;
import org.mekong.log.verify.ProofException;
import org.mekong.log.verify.TlogProof;
import org.mekong.log.witness.AddCheckpointRequest;

/** Whatever a parser is given, it answers with a value or its checked exception. */
class FuzzProperties {
  private static final NoteSigner SIGNER = NoteSigner.generate("a.example/log");
  private static final List<String> WELL_FORMED = wellFormed();

  private static List<String> wellFormed() {
    String text = new Checkpoint("a.example/log", 5, MerkleHash.empty()).text();
    String note =
        new String(new Note(text, List.of(SIGNER.sign(text))).bytes(), StandardCharsets.UTF_8);
    String hash = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    return List.of(
        note,
        text,
        "old 3\n" + hash + hash + "\n" + note,
        "c2sp.org/tlog-proof@v1\nextra AAAA\nindex 3\n" + hash + "\n" + note,
        SIGNER.verifierKey().toString(),
        SIGNER.encoded(),
        "log "
            + SIGNER.verifierKey()
            + "\nwitness W "
            + Cosigner.generate("w").verifierKey()
            + "\ngroup G any W\nquorum G\n",
        "tile/0/x001/067.p/3",
        "\0\3abc\0\2de");
  }

  @Provide
  Arbitrary<byte[]> anyBytes() {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(400);
  }

  @Provide
  Arbitrary<byte[]> mutated() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "",
            "\n",
            "\n\n",
            " ",
            "+",
            "=",
            "0",
            "-1",
            "\u2014 ",
            "\r",
            "\0",
            "9223372036854775808",
            "AAAA",
            "old 1\n",
            "index 2\n",
            "\ufffd",
            "x999/");
    return Arbitraries.of(WELL_FORMED)
        .flatMap(
            text ->
                Arbitraries.integers()
                    .between(0, text.length())
                    .flatMap(
                        from ->
                            Arbitraries.integers()
                                .between(0, Math.min(60, text.length() - from))
                                .flatMap(
                                    cut ->
                                        pieces.map(
                                            piece ->
                                                (text.substring(0, from)
                                                        + piece
                                                        + text.substring(from + cut))
                                                    .getBytes(StandardCharsets.UTF_8)))));
  }

  @Property(tries = 2_000)
  void anyBytesAreReadOrRefused(@ForAll("anyBytes") byte[] input) {
    readAll(input);
  }

  @Property(tries = 5_000)
  void mutatedInputIsReadOrRefused(@ForAll("mutated") byte[] input) {
    readAll(input);
  }

  private static void readAll(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    attempt(() -> Note.parse(input).signaturesOf(SIGNER.verifierKey()));
    attempt(() -> Checkpoint.parse(text).text());
    attempt(() -> AddCheckpointRequest.parse(input).bytes());
    attempt(() -> TlogProof.parse(text).text());
    attempt(() -> VerifierKey.parse(text));
    attempt(() -> NoteSigner.parse(text));
    attempt(() -> PolicyFile.parse(input));
    TilePath.parse(text).ifPresent(path -> assertTrue(path.toString().equals(text)));
    EntryBundle.parse(input, 2);
  }

  /** Anything but the checked exceptions of the parsers fails the property. */
  private static void attempt(Attempt attempt) {
    try {
      attempt.run();
    } catch (NoteException | ProofException | PolicyException e) {
      assertTrue(e.getMessage() != null && e.getMessage().length() < 300, "short and present");
    }
  }

  @FunctionalInterface
  private interface Attempt {
    Object run() throws NoteException, ProofException, PolicyException;
  }
}
