package org.mekong.identity.approval;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.identity.testing.NewNode;

/** Of whom a proposal was is erased when it is decided; what was decided stays. */
@QuarkusTest
@TestProfile(NewNode.Profile.class)
class ErasedProposalsIT {
  private Office office;

  @Inject DataSource database;

  @BeforeEach
  void enter() {
    office = Office.open();
  }

  @Test
  void namesGoWithTheDecision() throws Exception {
    String name = "Marker" + UUID.randomUUID().toString().substring(0, 8);
    String user = "m" + UUID.randomUUID().toString().substring(0, 10);
    String approved = proposed(name, user);
    String rejected = proposed(name, user);
    assertTrue(kept(approved).contains(name), "who approves has to know of whom it is");

    String account =
        office.approve(office.second, approved).then().statusCode(201).extract().path("id");
    Office.post(office.second, Office.PROPOSALS + "/" + rejected + "/rejection")
        .then()
        .statusCode(200)
        .body("content.name", nullValue());
    String renamed =
        Office.put(
                office.first,
                Office.ACCOUNTS + "/" + account,
                Map.of(
                    "name",
                    name + "x",
                    "agencyId",
                    office.agency,
                    "office",
                    name,
                    "roles",
                    List.of("registrar"),
                    "assurance",
                    "high"),
                "\"1\"")
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    office.approve(office.second, renamed).then().statusCode(200).body("name", equalTo(name + "x"));

    for (String proposal : List.of(approved, rejected, renamed)) {
      assertFalse(kept(proposal).contains(name), proposal);
      assertFalse(kept(proposal).contains(user), proposal);
    }
    assertTrue(kept(approved).contains("registrar"), "what was decided stays");
    office
        .first
        .get(Office.PROPOSALS + "/" + renamed)
        .then()
        .statusCode(200)
        .body("status", equalTo("approved"));
  }

  private String proposed(String name, String user) {
    Response asked =
        office.first.post(
            Office.ACCOUNTS,
            Map.of(
                "kind",
                "officer",
                "userName",
                user,
                "name",
                name,
                "agencyId",
                office.agency,
                "roles",
                List.of("registrar"),
                "assurance",
                "high"));
    return asked.then().statusCode(202).extract().path("id");
  }

  private String kept(String proposal) throws Exception {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT row_to_json(p)::text FROM proposal p WHERE id = ?")) {
      select.setObject(1, UUID.fromString(proposal));
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }
}
