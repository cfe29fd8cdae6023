package org.mekong.gateway.receipt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mekong.gateway.testing.PublishedLog;
import org.mekong.gateway.testing.Surroundings;
import org.mekong.gateway.testing.TestAgency;
import org.mekong.log.note.Note;
import org.mekong.log.note.VerifierKey;

/** Anybody reads the log without a token, and checks it. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class LogFileIT {

  Surroundings around;

  @Test
  void theCheckpointIsSignedByThePublishedKey() throws Exception {
    var log = new PublishedLog(around);
    VerifierKey key = VerifierKey.parse(log.text("key").strip());

    Note checkpoint = Note.parse(log.file("checkpoint").body());

    assertEquals(1, checkpoint.signaturesOf(key).size());
    assertTrue(checkpoint.text().startsWith("vn.mekong.example/gateway/"));
  }

  @Test
  void aLookupMakesTheLogGrowByItsTwoLegs() {
    around.peerDouble().reset();
    var log = new PublishedLog(around);
    long before = log.size();

    assertEquals(200, new TestAgency(around).ask(TestAgency.marriage("LA-4711-0815")).status());

    assertEquals(before + 2, log.size());
    assertEquals(2, log.entriesFrom(before).size());
  }

  @Test
  void tilesMayBeKeptAndCheckpointsMayNot() {
    var log = new PublishedLog(around);
    HttpResponse<byte[]> checkpoint = log.file("checkpoint");

    assertTrue(checkpoint.headers().firstValue("Cache-Control").orElse("").contains("max-age=1"));
    assertEquals("nosniff", checkpoint.headers().firstValue("X-Content-Type-Options").orElse(""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tile/0/999",
        "tile/9/000",
        "tile/x",
        "tile/entries/000.p/300",
        "../1999/checkpoint",
        "other"
      })
  void whatIsNotThereIsNotFound(String path) {
    assertEquals(404, new PublishedLog(around).file(path).statusCode());
  }
}
