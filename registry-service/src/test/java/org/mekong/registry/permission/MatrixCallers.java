package org.mekong.registry.permission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.mekong.registry.person.PersonField;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.TestSetting;
import org.mekong.registry.testing.Wire;

/** Everybody who may come: by role at an operation, and as requester of fields. */
final class MatrixCallers {

  /** Scopes, the two kinds of certificate, and nobody. */
  static final List<String> ROLES =
      List.of(
          "read", "self", "write", "review", "feed", "import", "export", "admin", "other",
          "gateway", "foreign", "nobody");

  /** Members of somebody registered in full. */
  static final Set<String> HELD =
      Set.of(
          "names",
          "personalNumber",
          "dateOfBirth",
          "sex",
          "placeOfBirth",
          "placeOfBirthRegistration",
          "hometown",
          "ethnicity",
          "religion",
          "nationalities",
          "bloodGroup",
          "maritalStatus",
          "parents",
          "permanentResidence",
          "temporaryResidence",
          "lifeStatus",
          "photoReference",
          "contact");

  private static final Map<String, String> SCOPES =
      Map.of(
          "read", "person.read",
          "self", "person.self",
          "write", "person.write",
          "review", "duplicate.review",
          "feed", "feed.read",
          "import", "register.import",
          "export", "register.export",
          "admin", "registry.admin",
          "other", "lookup");

  private final TestSetting setting;
  private final RegistryClient client;
  private final Wire wire;
  private final Map<String, String> tokens = new HashMap<>();

  MatrixCallers(TestSetting setting) {
    this.setting = setting;
    client = new RegistryClient(setting);
    wire = new Wire(setting, client);
  }

  RegistryClient client() {
    return client;
  }

  /** Who can ask for fields at an operation for these roles. */
  static List<String> requesters(Set<String> roles) {
    List<String> requesters = new ArrayList<>();
    if (List.of("read", "review", "export").stream().anyMatch(roles::contains)) {
      requesters.addAll(List.of("agency", "police", "health"));
    }
    if (roles.contains("gateway")) {
      requesters.addAll(List.of("gateway", "gateway-police", "gateway-health"));
    }
    return requesters;
  }

  /** What somebody of a role is answered. */
  Wire.Answer send(String role, String method, String path, String type, String body) {
    Map<String, String> headers = Map.of("Content-Type", type);
    return switch (role) {
      case "gateway" -> wire.sendAsGateway(method, path, headers, body);
      case "foreign" -> wire.sendWith("stranger", method, path, headers, body);
      case "nobody" -> wire.sendWith("", method, path, headers, body);
      default ->
          wire.send(
              tokens.computeIfAbsent(role, r -> client.token(SCOPES.get(r), List.of())),
              method,
              path,
              headers,
              body);
    };
  }

  /** What whoever holds a token is answered; the gateway holds none. */
  Wire.Answer sendWith(String token, String method, String path, String body) {
    return token.isEmpty()
        ? wire.sendAsGateway(method, path, Map.of(), body)
        : wire.send(token, method, path, Map.of(), body);
  }

  /** A token that grants every field and statement of a kind for a purpose. */
  String token(String requester, String purpose, String kind, Set<String> roles) {
    String role =
        List.of("review", "export").stream().filter(roles::contains).findFirst().orElse("read");
    String scope = SCOPES.get(role);
    return tokens.computeIfAbsent(
        String.join(" ", requester, purpose, kind, scope),
        any ->
            setting
                .issuer()
                .token(
                    client.dpop(),
                    "test-client",
                    URI.create(setting.url()),
                    claims -> {
                      claims
                          .claim("scope", scope)
                          .claim("agency", "vn-" + requester)
                          .claim(
                              "authorization_details",
                              List.of(RegistryClient.grant(purpose, kind, everything())));
                      return requester.equals("agency")
                          ? claims
                          : claims.claim("agency_class", requester);
                    }));
  }

  private static String[] everything() {
    List<String> names = new ArrayList<>(Statement.statements());
    for (PersonField field : PersonField.values()) {
      names.add(field.code());
    }
    names.add("disclosures");
    return names.toArray(String[]::new);
  }

  static JsonNode behindGateway(String requester) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("requestId", UUID.randomUUID().toString());
    body.put("country", "LA");
    body.put("agency", "la-office");
    body.put("legalBasis", "Agreement VN-LA, article 4");
    if (requester.contains("-")) {
      body.put("agencyClass", requester.substring(requester.indexOf('-') + 1));
    }
    return body;
  }

  /** Somebody of whom everything is known that can be declared. */
  String registerInFull() {
    return client
        .register(
            """
            {"names":[{"family":"Trần","middle":"Thị","given":"Hoa"}],"dateOfBirth":"1999-03-08",
             "sex":2,"placeOfBirthRegistration":"045",
             "placeOfBirth":{"country":"VN","province":"44","text":"Bệnh viện"},
             "hometown":{"country":"VN","province":"44","text":"Đông Hà"},
             "ethnicity":"01","religion":"buddhist","nationalities":["VN"],"bloodGroup":"O+",
             "maritalStatus":"single","photoReference":"photo-1",
             "contact":{"phone":"+84912345678"},
             "relationships":[{"kind":"mother","name":"Lê Thị Lan"}],
             "residences":[{"kind":"permanent","province":"44","text":"Phường 1"},
              {"kind":"temporary","province":"01","text":"Phường 2"}]}""")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }
}
