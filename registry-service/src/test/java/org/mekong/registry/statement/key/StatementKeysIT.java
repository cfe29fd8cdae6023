package org.mekong.registry.statement.key;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.jwk.ECKey;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.mekong.registry.log.KeyEncryptionKey;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;

@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class StatementKeysIT {

  private static final String PATH = "/admin/v1/statement-keys";

  TestSetting setting;
  @Inject DataSource database;
  @Inject KeyTable table;
  @Inject StatementKeys keys;

  @Test
  void onlyAnAdministratorSeesOrChangesKeys() {
    RegistryClient client = new RegistryClient(setting);
    String token = client.token("person.read", List.of());
    client.open().get(PATH).then().statusCode(401);
    client.as(token, "GET", PATH).get(PATH).then().statusCode(403);
    client.as(token, "POST", PATH).post(PATH).then().statusCode(403);
    String withdrawal = PATH + "/x/withdrawal";
    client.as(token, "POST", withdrawal).post(withdrawal).then().statusCode(403);
    admin("POST", withdrawal).then().statusCode(404);
  }

  @Test
  void theNextKeyIsPublishedFirstAndAWithdrawnOneIsReplacedAtOnce() throws Exception {
    forgetAnnounced();
    String signing = keys.signing().getKeyID();
    Response announced = admin("POST", PATH);
    announced.then().statusCode(201).body("keys[0].state", equalTo("announced"));
    String next = announced.path("keys[0].kid");
    jwks().then().body("keys.kid", hasItem(next)).body("keys.kid", hasItem(signing));
    assertEquals(signing, keys.signing().getKeyID());
    admin("POST", PATH).then().statusCode(409).body("rule", equalTo("statement-key/announced"));
    assertTrue(lastEntry().contains("\"act\":\"statement_key_made\""), lastEntry());

    admin("POST", PATH + "/" + signing + "/withdrawal").then().statusCode(200);
    jwks().then().body("keys.kid", not(hasItem(signing)));
    String successor = keys.signing().getKeyID();
    assertFalse(List.of(signing, next).contains(successor));
    assertTrue(lastEntry().contains("\"act\":\"statement_key_withdrawn\""), lastEntry());
    assertTrue(verified().contains("\"statement\""));

    // Another replica reads the same rows.
    try (Connection connection = database.getConnection()) {
      ECKey read =
          table
              .read(connection)
              .signing(java.time.Instant.now())
              .flatMap(StatementKey::secret)
              .orElseThrow();
      assertEquals(successor, read.getKeyID());
    }
    admin("POST", PATH + "/" + next + "/withdrawal").then().statusCode(200);
  }

  @Test
  void secretsAreStoredEncryptedUnderAKeyThatIsNotThere() throws Exception {
    String row =
        text("select private_jwe from statement_key where private_jwe is not null limit 1");
    assertEquals(5, row.split("\\.", -1).length);
    KeyTable stranger = new KeyTable(new KeyEncryptionKey(new SecretKeySpec(new byte[32], "AES")));
    try (Connection connection = database.getConnection()) {
      assertThrows(IllegalStateException.class, () -> stranger.read(connection));
    }
  }

  /** Others who share this register may have announced one. */
  private void forgetAnnounced() {
    List<String> announced =
        admin("GET", PATH).path("keys.findAll { it.state == 'announced' }.kid");
    for (String kid : announced) {
      admin("POST", PATH + "/" + kid + "/withdrawal").then().statusCode(200);
    }
  }

  private Response jwks() {
    return new RegistryClient(setting).open().get("/.well-known/jwks.json");
  }

  private Response admin(String method, String path) {
    RegistryClient client = new RegistryClient(setting);
    var request = client.as(client.token("registry.admin", List.of()), method, path);
    return method.equals("GET") ? request.get(path) : request.post(path);
  }

  private String verified() {
    return new RegistryClient(setting)
        .asGateway()
        .body(
            """
            {"purpose":"marriage","subject":{"personalNumber":"045199000000"},
             "predicates":[{"name":"alive"}],
             "requester":{"requestId":"%s","country":"LA","agency":"la-office"}}"""
                .formatted(UUID.randomUUID()))
        .post("/v1/verifications")
        .asString();
  }

  private String lastEntry() throws SQLException {
    return text(
        "select convert_from(entry, 'UTF8') from log_entry order by entry_index desc limit 1");
  }

  private String text(String query) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }
}
