package org.mekong.registry.permission;

import static org.hamcrest.Matchers.notNullValue;

import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.TestSetting;

/** Somebody who is read, by an agency and by the gateway, for a purpose. */
abstract class ReaderTrials {

  TestSetting setting;
  @Inject DataSource database;
  PolicyClient admin;
  RegistryClient client;
  String id = "";
  String number = "";

  @BeforeEach
  void register() {
    admin = new PolicyClient(setting);
    client = admin.client();
    Response person = person("");
    id = person.path("id");
    number = person.path("personalNumber");
  }

  final Response read(String token, String purpose, String more) {
    return get(token, "/v1/persons/" + id, "?purpose=" + purpose + more);
  }

  final Response get(String token, String path, String query) {
    return client.as(token, "GET", path).get(path + query);
  }

  final Response gateway(String path, String purpose, String question) {
    return client
        .asGateway()
        .body(
            """
            {"purpose":"%s","subject":{"personalNumber":"%s"},%s,
             "requester":{"requestId":"%s","country":"LA","agency":"la-office"}}"""
                .formatted(purpose, number, question, UUID.randomUUID()))
        .post(path);
  }

  final Response person(String more) {
    Response registered =
        client.register(
            """
            {"names":[{"family":"Trần","middle":"Thị","given":"Hoa"}],"dateOfBirth":"1999-03-08",
             "sex":2,"placeOfBirthRegistration":"045","religion":"buddhist"%s}"""
                .formatted(more));
    registered.then().statusCode(201).body("id", notNullValue());
    return registered;
  }
}
