package org.mekong.log.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mekong.log.note.Cosigner;
import org.mekong.log.note.NoteSigner;

class PolicyFileTest {
  private final String log = NoteSigner.generate("a.example").verifierKey().toString();

  @Test
  void readsGroupsOfGroups() throws PolicyException {
    Policy policy =
        parse(
            "# two organisations\n\nlog "
                + log
                + " https://a.example/log\n"
                + witness("X1")
                + witness("X2")
                + witness("X3")
                + " \tgroup  X-witnesses 2 X1\tX2 X3 \n"
                + witness("Y1")
                + witness("Y2")
                + "group Y-witnesses any Y1 Y2\n"
                + "group X-and-Y all X-witnesses Y-witnesses\nquorum X-and-Y\n");

    assertEquals(5, policy.witnesses().size());
    assertEquals("https://a.example/log", policy.logs().getFirst().url().orElseThrow().toString());
    assertTrue(policy.quorum().isMetBy(Set.of("X1", "X3", "Y2")));
    assertFalse(policy.quorum().isMetBy(Set.of("X1", "Y1", "Y2")));
    assertFalse(policy.quorum().isMetBy(Set.of("X1", "X2", "X3")));
  }

  @Test
  void readsAQuorumOfNoneAndOfOne() throws PolicyException {
    assertTrue(parse("quorum none\n").quorum().isMetBy(Set.of()));
    Policy one = parse(witness("W") + "quorum W\n");
    assertTrue(one.quorum().isMetBy(Set.of("W")));
    assertFalse(one.quorum().isMetBy(Set.of()));
  }

  @Test
  void refusesWhatIsWrongAndNamesTheLine() {
    String w = witness("W");
    String sameKey = w.replace("witness W", "witness V");
    for (String malformed :
        List.of(
            "",
            "log " + log + "\n",
            "quorum none",
            "quorum none\nquorum none\n",
            "quorum W\n" + w,
            "quorum W\n",
            w + w + "quorum W\n",
            w + sameKey + "quorum W\n",
            "log " + log + "\nlog " + log + "\nquorum none\n",
            "witness W " + log + "\nquorum W\n",
            w.replace("witness W", "log") + "quorum none\n",
            witness("none") + "quorum none\n",
            w + "group G 2 W\nquorum G\n",
            w + "group G 0 W\nquorum G\n",
            w + "group G 01 W\nquorum G\n",
            w + "group G all none\nquorum G\n",
            w + "group G all\nquorum G\n",
            w + "group G all W W\nquorum G\n",
            w + "group G all W\ngroup H all W\nquorum H\n",
            w + "group W all W\nquorum W\n",
            "policy\nquorum none\n",
            "quorum none\r\n",
            "quorum none extra\n")) {
      assertThrows(PolicyException.class, () -> parse(malformed), malformed);
    }
    PolicyException second =
        assertThrows(PolicyException.class, () -> parse("quorum none\nnonsense\n"));
    assertTrue(second.getMessage().startsWith("line 2:"), second.getMessage());
  }

  private static String witness(String name) {
    return "witness " + name + " " + Cosigner.generate(name).verifierKey() + "\n";
  }

  private static Policy parse(String file) throws PolicyException {
    return PolicyFile.parse(file.getBytes(StandardCharsets.UTF_8));
  }
}
