package org.mekong.registry.permission.admin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.CallerRole;
import org.mekong.registry.caller.Kind;
import org.mekong.registry.caller.Roles;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.permission.Explanation;
import org.mekong.registry.permission.judgement.Judge;
import org.mekong.registry.permission.judgement.Question;
import org.mekong.registry.permission.policy.Askable;
import org.mekong.registry.permission.policy.Asker;
import org.mekong.registry.permission.policy.Policies;
import org.mekong.registry.permission.policy.RuleBody;
import org.mekong.registry.problem.Problem;
import org.mekong.registry.problem.Violations;

/** {@code POST /admin/v1/permissions/explanations}: what the register would permit somebody. */
@Path("/admin/v1/permissions/explanations")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class ExplanationResource {

  private static final int MOST = 100;
  private static final String EXPLAIN =
      """
      {"role":"gateway","country":"LA","agency":"la-savannakhet-civil-registry",
       "agencyClass":"civil-registry","kind":"read","purpose":"border-resident",
       "fields":["names","religion"]}
      """;
  private static final String EXPLAINED =
      """
      {"explained":true,"outcome":"partly","kind":"read","purpose":"border-resident",
       "requester":{"country":"LA","agency":"la-savannakhet-civil-registry",
        "agencyClass":"civil-registry","roles":["gateway"]},
       "checks":[
        {"check":"purpose-known","granted":true,"rule":"purpose/border-resident"},
        {"check":"purpose-in-force","granted":true,"rule":"purpose/border-resident/in-force"},
        {"check":"across-border","granted":true,"rule":"purpose/border-resident/across-border"},
        {"check":"register-rule","granted":true,"rule":"permission/border-resident"}],
       "fields":[
        {"name":"names","granted":true,"checks":[
         {"check":"register-field","granted":true,"rule":"permission/border-resident"}]},
        {"name":"religion","granted":false,"checks":[
         {"check":"sensitive-field","granted":false,
          "rule":"permission/border-resident/read/religion",
          "detail":"The field religion is sensitive, and no rule of the register names it for this requester.",
          "actor":"register-administrator",
          "action":"Have the field named under sensitiveFields of a permission for this requester, kind and purpose."}]}],
       "visibilityDelay":"PT0S"}
      """;

  private final Policies policies;
  private final NationProfile profile;
  private final Clock clock;

  ExplanationResource(Policies policies, NationProfile profile, Clock clock) {
    this.policies = policies;
    this.profile = profile;
    this.clock = clock;
  }

  /** Explains by the register's side alone: what a token would grant is not known here. */
  @POST
  @RunOnVirtualThread
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "Tell what the register would permit an agency, rule by rule, without its token",
      description =
          "The register's side alone: what tokens or agreements grant is not looked at. Nobody is"
              + " looked up, and nothing is disclosed.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = Explanation.class),
              examples = @ExampleObject(name = "a sensitive field", value = EXPLAINED)))
  public Explanation explain(
      @RequestBody(
              content =
                  @Content(
                      schema = @Schema(implementation = Explain.class),
                      examples = @ExampleObject(name = "a sensitive field", value = EXPLAIN)))
          @Nullable Explain body) {
    if (body == null) {
      throw Problem.MALFORMED_REQUEST.because("The body is empty.");
    }
    Question question = read(body);
    return Explanation.of(question, Judge.judge(policies.inForce(), question));
  }

  private Question read(Explain body) {
    Violations violations = new Violations();
    CallerRole role =
        violations.need(
            "role",
            body.role(),
            "known-code",
            "is none of agency, officer, gateway",
            CallerRole::ofCode);
    Kind kind =
        violations.need("kind", body.kind(), "known-code", "is no kind of question", Kind::ofCode);
    String nation = profile.nation().name();
    String country =
        violations.read(
            "country",
            body.country(),
            "known-code",
            "is no ISO 3166-1 alpha-2 code",
            code -> Optional.of(code).filter(NationProfile::isCountry));
    if (country != null && role != CallerRole.GATEWAY && !country.equals(nation)) {
      violations.add("country", "gateway-only", "is another one, which only the gateway asks for");
    }
    String agency = RuleBody.reference("agency", body.agency(), violations);
    String agencyClass = RuleBody.reference("agencyClass", body.agencyClass(), violations);
    String purpose =
        violations.need("purpose", body.purpose(), "required", "is missing", Optional::of);
    List<String> fields = fields(body.fields(), violations);
    violations.refuse();
    if (role == null || kind == null || purpose == null) {
      throw new IllegalStateException("A required member passed unread");
    }
    return new Question(
        kind,
        purpose,
        fields,
        new Asker(agency, agencyClass, role.all()),
        null,
        body.legalBasis(),
        nation,
        country == null ? nation : country,
        LocalDate.now(clock.withZone(profile.zone())));
  }

  private static List<String> fields(
      @Nullable List<@Nullable String> given, Violations violations) {
    List<String> fields = new ArrayList<>();
    if (given == null || given.isEmpty() || given.size() > MOST) {
      violations.add("fields", "size", "holds not 1 to " + MOST + " names");
      return fields;
    }
    for (int i = 0; i < given.size(); i++) {
      String field =
          violations.need(
              "fields[" + i + "]",
              given.get(i),
              "known-code",
              "is no field or statement",
              name -> Optional.of(name).filter(Askable::isKnown));
      if (field != null) {
        fields.add(field);
      }
    }
    return fields;
  }
}
