package org.mekong.identity.journal;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mekong.identity.testing.TestNode;
import org.mekong.identity.testing.TestSystem;
import org.mekong.log.merkle.MerkleHash;
import org.mekong.log.note.Checkpoint;
import org.mekong.log.note.Note;
import org.mekong.log.note.VerifierKey;
import org.mekong.log.tile.EntryBundle;

/** The log is served to everybody, and what it shows fits together. */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class LogIT {
  private static final String LOG = "/log/" + Year.now(ZoneOffset.UTC);

  @Test
  void checkpointIsSignedAndCoversEntriesAndTiles() throws Exception {
    TestSystem system = TestSystem.registered();
    system.ask(system.form()).then().statusCode(200);
    TestSystem.administrator().get("/admin/v1/journal").then().statusCode(200); // places entries

    Response served = given().get(LOG + "/checkpoint");
    served
        .then()
        .statusCode(200)
        .contentType("text/plain")
        .header("Cache-Control", containsString("max-age"));
    Note note = Note.parse(served.asByteArray());
    VerifierKey key = VerifierKey.parse(given().get(LOG + "/key").asString().strip());
    note.requireSignedBy(key);
    Checkpoint checkpoint = Checkpoint.parse(note.text());
    assertEquals("vn.mekong.example/identity/" + Year.now(ZoneOffset.UTC), checkpoint.origin());

    int width = (int) Math.min(checkpoint.size(), 256);
    String partial = width == 256 ? "000" : "000.p/" + width;
    Response bundle = given().get(LOG + "/tile/entries/" + partial);
    bundle.then().statusCode(200).header("Cache-Control", containsString("immutable"));
    List<byte[]> entries = EntryBundle.parse(bundle.asByteArray(), width).orElseThrow();
    byte[] tile = given().get(LOG + "/tile/0/" + partial).asByteArray();
    for (int i = 0; i < width; i++) {
      byte[] leaf = java.util.Arrays.copyOfRange(tile, i * 32, i * 32 + 32);
      assertTrue(java.util.Arrays.equals(MerkleHash.leaf(entries.get(i)), leaf));
    }
    String first = new String(entries.getFirst(), StandardCharsets.UTF_8);
    assertTrue(first.contains("signing_key_made") || first.contains("client_registered"), first);
  }

  @Test
  void whatIsNotThereIs404() {
    for (String path :
        List.of(
            "/log/1999/checkpoint",
            "/log/1999/key",
            LOG + "/tile/0/999",
            LOG + "/tile/x",
            LOG + "/tile/0/000.p/0",
            LOG + "/tile/entries/000.p/257",
            LOG + "/tile/-1/000")) {
      given()
          .get(path)
          .then()
          .statusCode(404)
          .body("type", equalTo("urn:mekong:problem:not-found"));
    }
  }
}
