package org.mekong.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** An agreement is one document, wherever it is in force. */
class AgreementsTest {

  @Test
  void theAgreementOfTheLocalNationsIsTheSame() throws IOException {
    assertEquals(
        Files.readString(Overlays.ROOT.resolve("../local/agreements/vn-la.json")),
        Files.readString(Overlays.ROOT.resolve("agreements/vn-la.json")));
  }
}
