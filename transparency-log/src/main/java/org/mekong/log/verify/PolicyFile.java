package org.mekong.log.verify;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mekong.log.note.KeyType;
import org.mekong.log.note.NoteException;
import org.mekong.log.note.VerifierKey;

/** Reads policy files of c2sp.org/tlog-policy. One instance reads one file. */
public final class PolicyFile {
  private static final int MAXIMUM_LENGTH = 256 * 1024;
  private static final String NONE = "none";

  private final List<Policy.Log> logs = new ArrayList<>();
  private final List<Policy.Witness> witnesses = new ArrayList<>();
  private final Map<String, Policy.Quorum> defined = new HashMap<>();
  private final Set<String> members = new HashSet<>();
  private final Set<List<Byte>> logKeys = new HashSet<>();
  private final Set<List<Byte>> witnessKeys = new HashSet<>();
  private Policy.@Nullable Quorum quorum;
  private int line;

  private PolicyFile() {}

  /**
   * Reads a policy file.
   *
   * @throws PolicyException naming the first line that is wrong
   */
  public static Policy parse(byte[] file) throws PolicyException {
    if (file.length > MAXIMUM_LENGTH) {
      throw new PolicyException("the policy is longer than " + MAXIMUM_LENGTH + " bytes");
    }
    return new PolicyFile().read(file);
  }

  private Policy read(byte[] file) throws PolicyException {
    // Octets are opaque: Latin-1 keeps each of them as one character.
    String text = new String(file, StandardCharsets.ISO_8859_1);
    String[] lines = text.split("\n", -1);
    if (!lines[lines.length - 1].isEmpty()) {
      throw new PolicyException("the last line does not end in a newline");
    }
    for (String content : Arrays.asList(lines).subList(0, lines.length - 1)) {
      line++;
      if (content.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
        throw new PolicyException(line, "a control character");
      }
      read(content);
    }
    if (quorum == null) {
      throw new PolicyException("the policy has no quorum line");
    }
    return new Policy(logs, witnesses, quorum);
  }

  private void read(String content) throws PolicyException {
    List<String> items =
        Arrays.stream(content.split("[ \t]+")).filter(item -> !item.isEmpty()).toList();
    if (items.isEmpty() || items.getFirst().startsWith("#")) {
      return;
    }
    switch (items.getFirst()) {
      case "log" -> readLog(items);
      case "witness" -> readWitness(items);
      case "group" -> readGroup(items);
      case "quorum" -> readQuorum(items);
      default -> throw new PolicyException(line, "neither log, witness, group nor quorum");
    }
  }

  private void readLog(List<String> items) throws PolicyException {
    requireCount(items, 2, 3);
    VerifierKey key = key(items.get(1), KeyType.LOG, logKeys);
    logs.add(new Policy.Log(key, url(items, 2)));
  }

  private void readWitness(List<String> items) throws PolicyException {
    requireCount(items, 3, 4);
    String name = items.get(1);
    VerifierKey key = key(items.get(2), KeyType.COSIGNER, witnessKeys);
    define(name, new Policy.Quorum.One(name));
    witnesses.add(new Policy.Witness(name, key, url(items, 3)));
  }

  private void readGroup(List<String> items) throws PolicyException {
    requireCount(items, 4, Integer.MAX_VALUE);
    List<Policy.Quorum> group = new ArrayList<>();
    for (String member : items.subList(3, items.size())) {
      if (!members.add(member)) {
        throw new PolicyException(line, "a name is a member of a group twice");
      }
      group.add(find(member));
    }
    int threshold =
        switch (items.get(2)) {
          case "any" -> 1;
          case "all" -> group.size();
          default -> threshold(items.get(2), group.size());
        };
    define(items.get(1), new Policy.Quorum.Group(threshold, group));
  }

  private int threshold(String text, int largest) throws PolicyException {
    if (!text.matches("[1-9][0-9]{0,5}") || Integer.parseInt(text) > largest) {
      throw new PolicyException(line, "the threshold is not from 1 to " + largest);
    }
    return Integer.parseInt(text);
  }

  private void readQuorum(List<String> items) throws PolicyException {
    requireCount(items, 2, 2);
    if (quorum != null) {
      throw new PolicyException(line, "a second quorum line");
    }
    quorum = items.get(1).equals(NONE) ? new Policy.Quorum.None() : find(items.get(1));
  }

  private void define(String name, Policy.Quorum rule) throws PolicyException {
    if (name.equals(NONE) || defined.putIfAbsent(name, rule) != null) {
      throw new PolicyException(line, "the name is already defined");
    }
  }

  private Policy.Quorum find(String name) throws PolicyException {
    Policy.Quorum found = defined.get(name);
    if (found == null) {
      throw new PolicyException(line, "a name that no line before defines");
    }
    return found;
  }

  private VerifierKey key(String vkey, KeyType type, Set<List<Byte>> seen) throws PolicyException {
    try {
      String utf8 = new String(vkey.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
      VerifierKey key = VerifierKey.parse(utf8);
      List<Byte> bytes = new ArrayList<>();
      for (byte b : key.publicKey()) {
        bytes.add(b);
      }
      if (key.type() != type || !seen.add(bytes)) {
        throw new PolicyException(line, "a key of the wrong type, or one that stands here twice");
      }
      return key;
    } catch (NoteException e) {
      throw new PolicyException(line, e.getMessage());
    }
  }

  private Optional<URI> url(List<String> items, int index) throws PolicyException {
    try {
      return items.size() > index ? Optional.of(new URI(items.get(index))) : Optional.empty();
    } catch (URISyntaxException e) {
      throw new PolicyException(line, "not a URL");
    }
  }

  private void requireCount(List<String> items, int least, int most) throws PolicyException {
    if (items.size() < least || items.size() > most) {
      throw new PolicyException(line, "too few or too many items");
    }
  }
}
