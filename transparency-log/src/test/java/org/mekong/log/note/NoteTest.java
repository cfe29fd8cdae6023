package org.mekong.log.note;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoteTest {
  private static final String EXAMPLE_KEY =
      "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
  private static final String EXAMPLE =
      """
      This is an example message.

      — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
      """;

  private final NoteSigner signer = NoteSigner.generate("vn.mekong.example/registry/2026");
  private final String text = "vn.mekong.example/registry/2026\n0\n" + "A".repeat(43) + "=\n";

  @Test
  void verifiesTheExampleOfTheSpecification() throws NoteException {
    VerifierKey key = VerifierKey.parse(EXAMPLE_KEY);
    Note note = Note.parse(bytes(EXAMPLE));

    note.requireSignedBy(key);

    assertEquals("This is an example message.\n", note.text());
    assertEquals(EXAMPLE_KEY, key.toString());
    assertArrayEquals(bytes(EXAMPLE), note.bytes());
  }

  @Test
  void verifiesWhatItHasSigned() throws NoteException {
    Note note = new Note(text, List.of(signer.sign(text)));

    Note parsed = Note.parse(note.bytes());

    assertEquals(note, parsed);
    parsed.requireSignedBy(signer.verifierKey());
    parsed.requireSignedBy(VerifierKey.parse(signer.verifierKey().toString()));
  }

  @Test
  void takesTheKeyOfTheJdk() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    NoteSigner given = NoteSigner.ed25519("a.example", pair.getPrivate());
    byte[] encoded = pair.getPublic().getEncoded();

    assertArrayEquals(
        java.util.Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length),
        given.verifierKey().publicKey());
  }

  @Test
  void readsBackTheKeyFileItWrote() throws NoteException {
    assertEquals(signer.verifierKey(), NoteSigner.parse(signer.encoded()).verifierKey());
    Cosigner cosigner = Cosigner.generate("la.mekong.example/witness");
    assertEquals(cosigner.verifierKey(), Cosigner.parse(cosigner.encoded()).verifierKey());
    assertThrows(NoteException.class, () -> Cosigner.parse(signer.encoded()));
    assertThrows(NoteException.class, () -> NoteSigner.parse(cosigner.encoded()));
    assertThrows(NoteException.class, () -> NoteSigner.parse("PRIVATE+KEY+x"));
    assertFalse(signer.toString().contains("PRIVATE"));
  }

  @Test
  void givesLogKeyAndCosignerKeyOfTheSameSecretDifferentIds() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    assertNotEquals(
        NoteSigner.ed25519("a", pair.getPrivate()).verifierKey().id(),
        Cosigner.ed25519("a", pair.getPrivate()).verifierKey().id());
  }

  @Test
  void refusesTheNoteWhenASignatureOfAKnownKeyDoesNotVerify() throws NoteException {
    NoteSignature good = signer.sign(text);
    NoteSignature bad = signer.sign("other\n");
    Note note = Note.parse(new Note(text, List.of(good, bad)).bytes());

    assertThrows(NoteException.class, () -> note.requireSignedBy(signer.verifierKey()));
  }

  @Test
  void ignoresSignaturesOfUnknownKeysEvenIfTheyShareANameOrAnId() throws NoteException {
    NoteSignature good = signer.sign(text);
    NoteSignature sameName = new NoteSignature(good.keyName(), good.keyId() + 1, new byte[64]);
    NoteSignature sameId = new NoteSignature("elsewhere", good.keyId(), new byte[64]);
    NoteSignature postQuantum = new NoteSignature("elsewhere", 6, new byte[2_420]);
    Note note = new Note(text, List.of(sameName, sameId, postQuantum, good));

    assertEquals(good, Note.parse(note.bytes()).requireSignedBy(signer.verifierKey()));
  }

  @Test
  void cosignsWithATimeThatIsSigned() throws NoteException {
    Cosigner cosigner = Cosigner.generate("la.mekong.example/witness");
    Instant time = Instant.parse("2026-11-21T09:30:00Z");
    NoteSignature cosignature = cosigner.cosign(text, time);

    assertTrue(cosigner.verifierKey().verifies(text, cosignature));
    assertEquals(time, VerifierKey.cosignedAt(cosignature));
    assertFalse(cosigner.verifierKey().verifies("other\n", cosignature));
    byte[] later = cosignature.bytes();
    later[7]++;
    NoteSignature changed = new NoteSignature(cosignature.keyName(), cosignature.keyId(), later);
    assertFalse(cosigner.verifierKey().verifies(text, changed));
    byte[] negative = cosignature.bytes();
    negative[0] = (byte) 0x80;
    assertFalse(
        cosigner
            .verifierKey()
            .verifies(text, new NoteSignature(cosigner.name(), cosignature.keyId(), negative)));
  }

  @Test
  void splitsAtTheLastEmptyLine() throws NoteException {
    String verse = "a line\n\nanother line\n";
    Note note = new Note(verse, List.of(signer.sign(verse)));

    assertEquals(verse, Note.parse(note.bytes()).text());
  }

  @Test
  void refusesMalformedNotes() {
    String line = signer.sign(text).line();
    for (String malformed :
        List.of(
            "",
            "\n\n",
            text,
            text + "\n",
            text + line,
            text + "\n" + line.strip(),
            text + "\r\n" + line,
            text.replace("\n", "\r\n") + "\r\n" + line,
            text + "\n" + line + "trailing",
            text + "\n" + line + "\n",
            text + "\n" + line.replace("\u2014", "-"),
            text + "\n" + line.replace("=\n", "\n"),
            text + "\n" + "\u2014 name AAAA\n",
            text + "\n" + "\u2014 name ====\n",
            text + "\n" + "\u2014 na+me AAAAAAA=\n",
            text + "\n" + "\u2014 na\u00a0me AAAAAAA=\n",
            text + "\n" + "\u2014  AAAAAAA=\n",
            "tab\t\n\n" + line)) {
      assertThrows(NoteException.class, () -> Note.parse(bytes(malformed)), malformed);
    }
  }

  @Test
  void refusesNotUtf8() {
    byte[] note = new Note(text, List.of(signer.sign(text))).bytes();
    note[0] = (byte) 0xff;
    assertThrows(NoteException.class, () -> Note.parse(note));
  }

  @Test
  void acceptsSixteenSignaturesAndRefusesThousands() throws NoteException {
    String line = signer.sign(text).line();
    assertEquals(16, Note.parse(bytes(text + "\n" + line.repeat(16))).signatures().size());
    assertThrows(NoteException.class, () -> Note.parse(bytes(text + "\n" + line.repeat(65))));
    assertThrows(NoteException.class, () -> Note.parse(bytes(text + "\n" + line.repeat(100_000))));
  }

  @Test
  void refusesBase64WithSlackBitsOrWithoutPadding() {
    assertThrows(NoteException.class, () -> StrictText.base64("AAB="));
    assertThrows(NoteException.class, () -> StrictText.base64("AAA"));
    assertThrows(NoteException.class, () -> StrictText.base64("AA\nAA"));
    assertThrows(NoteException.class, () -> StrictText.base64("AA-_"));
  }

  @Test
  void refusesMalformedVerifierKeys() {
    for (String malformed :
        List.of(
            "",
            "name",
            EXAMPLE_KEY.replace("530d903a", "530d903b"),
            EXAMPLE_KEY.replace("530d903a", "530D903A"),
            EXAMPLE_KEY.replace("example.com/foo", ""),
            EXAMPLE_KEY.replace("+Aeky", "+A+ky"),
            EXAMPLE_KEY.replace("+Aeky", "+Beky"),
            EXAMPLE_KEY + "=")) {
      assertThrows(NoteException.class, () -> VerifierKey.parse(malformed), malformed);
    }
  }

  @Test
  void readsCheckpointsStrictly() throws NoteException {
    String root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    Checkpoint checkpoint = Checkpoint.parse("example.com/behind-the-sofa\n20852163\n" + root);
    assertEquals(20_852_163, checkpoint.size());
    assertEquals("example.com/behind-the-sofa\n20852163\n" + root, checkpoint.text());
    assertEquals(List.of("ext"), Checkpoint.parse("a\n1\n" + root + "ext\n").extensions());
    for (String malformed :
        List.of(
            "",
            "a\n1\n",
            "\n1\n" + root,
            "a\n01\n" + root,
            "a\n-1\n" + root,
            "a\n+1\n" + root,
            "a\n\u0661\n" + root,
            "a\n9223372036854775808\n" + root,
            "a\n99999999999999999999999\n" + root,
            "a\n1\nAAAA\n",
            "a\n1\n" + root.strip(),
            "a\n1\n" + root + "\n",
            "a\n1 \n" + root)) {
      assertThrows(NoteException.class, () -> Checkpoint.parse(malformed), malformed);
    }
  }

  private static byte[] bytes(String note) {
    return note.getBytes(StandardCharsets.UTF_8);
  }
}
