package org.mekong.local.nation;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mekong.client.SampleCitizen;
import org.mekong.local.machine.SecretFiles;
import org.mekong.local.machine.StartException;

/**
 * Invented citizens with an account each, so that somebody can sign in by hand: in the register, at
 * the identity-service, and in a file that its owner alone may read.
 */
public final class SampleCitizens {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path file;
  private final Nation nation;
  private final Registration registration;

  public SampleCitizens(NodeFiles files, Nation nation, Registration registration) {
    this.file = SampleCitizen.file(files.root(), nation.name());
    this.nation = nation;
    this.registration = registration;
  }

  /** The citizens that can sign in, made where an earlier start did not. */
  public List<SampleCitizen> present() throws IOException, InterruptedException, StartException {
    if (Files.exists(file)) {
      return SampleCitizen.read(file);
    }
    List<SampleCitizen> citizens = new ArrayList<>();
    for (Map<String, Object> person : people()) {
      JsonNode registered = registration.registerPerson(person);
      citizens.add(enrolled(name(person), registered.path("personalNumber").asText()));
    }
    SecretFiles.write(
        file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(citizens) + "\n");
    return citizens;
  }

  private SampleCitizen enrolled(String name, String number)
      throws IOException, InterruptedException, StartException {
    String password = newPassword();
    String code = registration.openAccount(number, "substantial");
    String secret =
        registration.anonymously("/v1/activations", Map.of("code", code)).path("secret").asText();
    SampleCitizen citizen = new SampleCitizen(name, number, password, secret);
    registration.anonymously(
        "/v1/activations/completion",
        Map.of(
            "code", code, "password", password, "oneTimeCode", citizen.oneTimeCode(Instant.now())));
    return citizen;
  }

  private static String newPassword() {
    byte[] bytes = new byte[12];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String name(Map<String, Object> person) {
    List<Map<String, String>> names =
        JSON.convertValue(person.get("names"), new TypeReference<List<Map<String, String>>>() {});
    Map<String, String> first = names.getFirst();
    return switch (first.getOrDefault("script", "Latn")) {
      case "Laoo" -> first.get("given") + " " + first.get("family");
      default -> first.get("family") + " " + first.get("given");
    };
  }

  private List<Map<String, Object>> people() {
    return switch (nation) {
      case LA ->
          List.of(
              person("Laoo", "ບຸນມີ", "ແກ້ວມະນີ", "1988-03-12", 1, "LA-SV", "LA-SV"),
              person("Laoo", "ດາວັນ", "ສີສຸວັນ", "1995-11-02", 2, "LA-SV", "LA-SV"));
      case KH -> List.of();
      case VN ->
          List.of(
              person("Latn", "Minh Đức", "Nguyễn", "1987-06-21", 1, "045", "44"),
              person("Latn", "Thu Hà", "Trần", "1994-02-09", 2, "045", "44"));
    };
  }

  private static Map<String, Object> person(
      String script,
      String given,
      String family,
      String born,
      int sex,
      String birthplace,
      String province) {
    Map<String, Object> person = new LinkedHashMap<>();
    person.put("names", List.of(Map.of("script", script, "given", given, "family", family)));
    person.put("dateOfBirth", born);
    person.put("sex", sex);
    person.put("maritalStatus", "single");
    person.put("placeOfBirthRegistration", birthplace);
    person.put("residences", List.of(Map.of("kind", "permanent", "province", province)));
    return person;
  }
}
