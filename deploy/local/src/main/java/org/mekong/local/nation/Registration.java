package org.mekong.local.nation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.mekong.client.AgencySession;
import org.mekong.client.TokenRefusedException;
import org.mekong.local.machine.Console;
import org.mekong.local.machine.StartException;
import org.mekong.local.nation.Nation.Part;
import org.mekong.log.command.TrustedTls;

/**
 * What an administrator does on the first day, over the same admin endpoints: registers the agency
 * and its system, fills the register.
 */
public final class Registration {
  /** The name of the first administrator's key; the client id is {@code mekong-administrator}. */
  static final String ADMINISTRATOR = "administrator";

  /** The name of the registry office's key and profile. */
  public static final String REGISTRY_OFFICE = "registry-office";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SEED = 20261121;

  /** Shorter than a token lives. */
  private static final Duration TOKEN_USED = Duration.ofSeconds(60);

  private final NodeFiles files;
  private final Nation nation;
  private final int basePort;
  private final AgencySession session;

  public Registration(NodeFiles files, Nation nation, int basePort) throws IOException {
    this.files = files;
    this.nation = nation;
    this.basePort = basePort;
    SSLContext tls = TrustedTls.trusting(files.authority());
    try {
      JWK key = JWK.parse(Files.readString(files.clients(nation).resolve(ADMINISTRATOR + ".jwk")));
      this.session =
          new AgencySession(nation.url(Part.IDENTITY, basePort), "mekong-administrator", key, tls);
    } catch (ParseException e) {
      throw new IOException("the administrator's key is not readable: " + e.getMessage(), e);
    }
  }

  /** The id of the registry office's agency and, the same, of its system. */
  public static String officeId(Nation nation) {
    return switch (nation) {
      case VN -> "vn-quang-tri-registry-office";
      case LA -> "la-savannakhet-registry-office";
      case KH -> "kh-takeo-registry-office";
    };
  }

  /** Registers the registry office and its system where they are absent. */
  public void registerOffice() throws IOException, InterruptedException, StartException {
    URI issuer = nation.url(Part.IDENTITY, basePort);
    String office = officeId(nation);
    DPoPAccessToken token = token("identity.admin", issuer);
    post(
        issuer.resolve("/admin/v1/agencies"),
        token,
        Map.of(
            "id",
            office,
            "name",
            switch (nation) {
              case VN -> "Civil registry office, Quảng Trị";
              case LA -> "Civil registry office, Savannakhet";
              case KH -> "Civil registry office, Takeo";
            },
            "agencyClass",
            "civil-registry",
            "contact",
            "registry-office@" + nation.lower() + ".mekong.example"));
    JsonNode jwks =
        JSON.readTree(Files.readString(files.clients(nation).resolve(REGISTRY_OFFICE + ".jwks")));
    post(
        issuer.resolve("/admin/v1/clients"),
        token,
        Map.of(
            "clientId",
            office,
            "agencyId",
            office,
            "name",
            "Register of marriages",
            "jwks",
            jwks,
            "scopes",
            List.of("lookup", "register.import", "register.export"),
            "resources",
            List.of(
                nation.url(Part.GATEWAY, basePort).toString(),
                nation.url(Part.REGISTRY, basePort).toString()),
            "authorizationDetails",
            List.of(marriage(), borderResident(), civilStatus(), civilRegistration())));
  }

  /**
   * More than the agreement allows, on purpose: the agreement must hold by itself, whatever a
   * country grants to its own offices.
   */
  private Map<String, Object> marriage() {
    return Map.of(
        "type", "population_lookup",
        "purpose", "marriage",
        "countries", others(),
        "kinds", List.of("verify", "read"),
        "fields",
            List.of("alive", "age_over", "married", "single", "names", "permanent_residence"));
  }

  private Map<String, Object> borderResident() {
    return Map.of(
        "type", "population_lookup",
        "purpose", "border-resident",
        "countries", others(),
        "kinds", List.of("verify", "match", "read", "search"),
        "fields",
            List.of(
                "alive",
                "resident_of",
                "names",
                "personal_number",
                "date_of_birth",
                "sex",
                "permanent_residence"));
  }

  /** What the office asks its own nation's register, by the same door. */
  private Map<String, Object> civilStatus() {
    return Map.of(
        "type", "population_lookup",
        "purpose", "civil-status",
        "countries", List.of(nation.name()),
        "kinds", List.of("verify", "match", "read", "search"),
        "fields",
            List.of(
                "alive",
                "married",
                "single",
                "names",
                "personal_number",
                "date_of_birth",
                "sex",
                "marital_status"));
  }

  /** What the office takes out of its own nation's register. */
  private Map<String, Object> civilRegistration() {
    return Map.of(
        "type", "population_lookup",
        "purpose", "civil-registration",
        "countries", List.of(nation.name()),
        "kinds", List.of("read"),
        "fields", List.of("names", "date_of_birth", "sex", "permanent_residence"));
  }

  private List<String> others() {
    return java.util.Arrays.stream(Nation.values())
        .filter(n -> n != nation)
        .map(Nation::name)
        .toList();
  }

  /**
   * Fills an empty register with a synthetic population, and goes on where a former start was cut
   * off; a filled one stays as it is. Returns how many persons it holds.
   */
  public long populate(int persons, Console console)
      throws IOException, InterruptedException, StartException {
    URI registry = nation.url(Part.REGISTRY, basePort);
    URI populations = registry.resolve("/admin/v1/populations");
    DPoPAccessToken token = token("registry.admin", registry);
    JsonNode job = get(populations, token).path(0);
    long present = get(registry.resolve("/admin/v1/register"), token).path("persons").asLong();
    if (present > 0 && (job.isMissingNode() || job.path("state").asText().equals("done"))) {
      return present;
    }
    if (present == 0) {
      job = post(populations, token, Map.of("persons", persons, "seed", SEED + nation.ordinal()));
    } else if (job.path("state").asText().equals("failed")) {
      goOn(populations, job, token);
      job = get(populations, token).path(0);
    }
    long renewed = System.nanoTime();
    while (!job.path("state").asText().equals("done")) {
      if (job.path("state").asText().equals("failed")) {
        throw new StartException(
            nation
                + " registry-service could not fill its register: "
                + job.path("reason").asText());
      }
      if (job.path("state").asText().equals("interrupted")) {
        goOn(populations, job, token);
      }
      console.progress(job.path("done").asLong(), job.path("total").asLong(), pace(job));
      Thread.sleep(200);
      if (System.nanoTime() - renewed > TOKEN_USED.toNanos()) {
        token = token("registry.admin", registry);
        renewed = System.nanoTime();
      }
      job = get(populations.resolve("populations/" + job.path("id").asText()), token);
    }
    return job.path("done").asLong();
  }

  /** The register may have gone on by itself meanwhile, and then says that it is busy. */
  private void goOn(URI populations, JsonNode job, DPoPAccessToken token)
      throws IOException, StartException, InterruptedException {
    Map<String, Object> same =
        Map.of("persons", job.path("total").asInt(), "seed", job.path("seed").asLong());
    HttpResponse<String> response =
        session.send("POST", populations, token, JSON.writeValueAsString(same));
    if (response.statusCode() != 409) {
      answer(populations, response);
    }
  }

  private static String pace(JsonNode job) {
    return job.path("remainingSeconds").isMissingNode()
        ? ""
        : "%,d events, %,d persons/s, %,d s left"
            .formatted(
                job.path("events").asLong(),
                job.path("rate").asLong(),
                job.path("remainingSeconds").asLong());
  }

  /**
   * Registers one person through the API, as a registrar's system does, and returns the register's
   * answer.
   */
  public JsonNode registerPerson(Map<String, Object> person)
      throws IOException, InterruptedException, StartException {
    URI registry = nation.url(Part.REGISTRY, basePort);
    return post(registry.resolve("/v1/persons"), token("person.write", registry), person);
  }

  /** Registers the application that people sign in to, where it is absent. */
  public void registerPortal(CitizensPortal portal)
      throws IOException, InterruptedException, StartException {
    URI issuer = nation.url(Part.IDENTITY, basePort);
    DPoPAccessToken token = token("identity.admin", issuer);
    post(issuer.resolve("/admin/v1/agencies"), token, portal.agency());
    post(issuer.resolve("/admin/v1/clients"), token, portal.registration());
  }

  /**
   * Opens the account of a citizen.
   *
   * @return the activation code, both halves
   */
  String openAccount(String personalNumber, String assurance)
      throws IOException, InterruptedException, StartException {
    URI accounts = nation.url(Part.IDENTITY, basePort).resolve("/admin/v1/accounts");
    DPoPAccessToken token = token("identity.admin", nation.url(Part.IDENTITY, basePort));
    JsonNode account =
        post(
            accounts,
            token,
            Map.of("kind", "citizen", "personalNumber", personalNumber, "assurance", assurance));
    JsonNode handed =
        post(
            accounts.resolve("accounts/" + account.path("id").asText() + "/activation"),
            token,
            Map.of());
    return handed.path("firstHalf").asText()
        + "."
        + handed.path("outcome").path("secondHalf").asText();
  }

  /** Posts what a person would, without any token, to the identity-service. */
  JsonNode anonymously(String path, Map<String, Object> body)
      throws IOException, InterruptedException, StartException {
    URI uri = nation.url(Part.IDENTITY, basePort).resolve(path);
    HttpResponse<String> response = session.send("POST", uri, JSON.writeValueAsString(body));
    return response.statusCode() == 204 ? JSON.createObjectNode() : answer(uri, response);
  }

  private DPoPAccessToken token(String scope, URI resource) throws IOException, StartException {
    try {
      return session.token(scope, resource, List.of());
    } catch (TokenRefusedException e) {
      throw new StartException(
          nation + " identity-service refuses the administrator's token: " + e.getMessage(), e);
    }
  }

  private JsonNode post(URI uri, DPoPAccessToken token, Object body)
      throws IOException, InterruptedException, StartException {
    return answer(uri, session.send("POST", uri, token, JSON.writeValueAsString(body)));
  }

  private JsonNode get(URI uri, DPoPAccessToken token)
      throws IOException, InterruptedException, StartException {
    return answer(uri, session.send("GET", uri, token, (@Nullable String) null));
  }

  private static JsonNode answer(URI uri, HttpResponse<String> response)
      throws IOException, StartException {
    if (response.statusCode() / 100 != 2) {
      throw new StartException(uri + " answered " + response.statusCode() + ": " + response.body());
    }
    return JSON.readTree(response.body());
  }
}
