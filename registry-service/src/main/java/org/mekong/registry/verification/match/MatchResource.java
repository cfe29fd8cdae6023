package org.mekong.registry.verification.match;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.batch.Batch;
import org.mekong.registry.caller.Kind;
import org.mekong.registry.caller.Roles;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.permission.Disclosing;
import org.mekong.registry.person.PersonField;
import org.mekong.registry.problem.Problem;

/** {@code POST /v1/matches}: who is this? */
@Path("/v1/matches")
@RunOnVirtualThread
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class MatchResource {

  private static final String ONE =
      """
      {"purpose":"civil-registration",
       "person":{"name":{"family":"Nguyễn","middle":"Thị","given":"Hoa"},
         "dateOfBirth":"1990-05-17","sex":2},
       "fields":["names"]}
      """;
  private static final String MATCHED =
      """
      {"outcome":"matched",
       "match":{"id":"0190f3c4-5a10-7b21-8c43-5d6e7f809101",
         "person":{"names":[{"kind":"official","script":"Latn","family":"Nguyễn",
           "middle":"Thị","given":"Hoa","full":"Nguyễn Thị Hoa"}]}},
       "disclosure":{"origin":"vn.mekong.example/registry/2026","index":41,
        "leafHash":"q1mTiGkEuVvWe0AbdjJDKpmxh0EUyZ5+nsPAZmWRWiM="},
       "receipt":"c2sp.org/tlog-proof@v1\\n…","statement":"eyJ0eXAiOiJtZWtvbmctc3RhdGVtZW50K2p3dCJ9…",
       "statementSalt":"Zm9ydHktdHdvIGJ5dGVzIG9mIHJhbmRvbW5lc3MgaGU"}
      """;
  private static final String NEEDS_MORE =
      """
      {"outcome":"needs_more","narrowBy":["dateOfBirth","placeOfBirthRegistration"],
       "disclosure":{"origin":"vn.mekong.example/registry/2026","index":42,
        "leafHash":"q1mTiGkEuVvWe0AbdjJDKpmxh0EUyZ5+nsPAZmWRWiM="},
       "receipt":"c2sp.org/tlog-proof@v1\\n…","statement":"eyJ0eXAiOiJtZWtvbmctc3RhdGVtZW50K2p3dCJ9…",
       "statementSalt":"Zm9ydHktdHdvIGJ5dGVzIG9mIHJhbmRvbW5lc3MgaGU"}
      """;
  private static final String MANY =
      """
      {"purpose":"civil-registration","fields":[],
       "items":[
        {"id":"row-1","person":{"name":{"family":"Nguyễn","middle":"Thị","given":"Hoa"},
          "dateOfBirth":"1990-05-17","sex":2}},
        {"id":"row-2","person":{"name":{"given":"Hoa"},"dateOfBirth":"17.5.1990"}}]}
      """;
  private static final String MANY_ANSWERED =
      """
      {"items":[{"id":"row-1","outcome":"answered",
         "answer":{"outcome":"no_match",
          "disclosure":{"origin":"vn.mekong.example/registry/2026","index":41,
           "leafHash":"q1mTiGkEuVvWe0AbdjJDKpmxh0EUyZ5+nsPAZmWRWiM="},
          "receipt":"c2sp.org/tlog-proof@v1\\n…",
          "statement":"eyJ0eXAiOiJtZWtvbmctc3RhdGVtZW50K2p3dCJ9…",
          "statementSalt":"Zm9ydHktdHdvIGJ5dGVzIG9mIHJhbmRvbW5lc3MgaGU"}},
        {"id":"row-2","outcome":"refused",
         "problem":{"type":"urn:mekong:problem:invalid-request","title":"The request breaks a rule",
          "status":400,"detail":"person.dateOfBirth is no date of the calendar",
          "action":"Correct the named fields and send the request again.","rule":"date",
          "violations":[{"field":"person.dateOfBirth","rule":"date",
           "detail":"is no date of the calendar"}]}}]}
      """;

  private final Matcher matcher;
  private final NationProfile profile;

  MatchResource(Matcher matcher, NationProfile profile) {
    this.matcher = matcher;
    this.profile = profile;
  }

  /** Tells who is meant, if that can be told; never several. */
  @POST
  @RolesAllowed({Roles.PERSON_READ, Roles.GATEWAY})
  @Disclosing(Kind.MATCH)
  @Parameter(ref = "explain")
  @Operation(
      summary = "Ask which one person fits what is known, and log that it was done",
      description =
          "The best has to reach the threshold match of the matching rules in force and to be"
              + " registry.match.gap bits ahead of the second. Needs grants of the kind match.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = MatchView.class),
              examples = {
                @ExampleObject(name = "one", value = MATCHED),
                @ExampleObject(name = "too little", value = NEEDS_MORE)
              }))
  public MatchView match(
      @RequestBody(
              content =
                  @Content(
                      schema = @Schema(implementation = MatchPerson.class),
                      examples = @ExampleObject(name = "by name and date of birth", value = ONE)))
          @Nullable MatchPerson body) {
    if (body == null) {
      throw Problem.MALFORMED_REQUEST.because("The body is empty.");
    }
    Known known = MatchPerson.Somebody.read(body.person(), profile);
    Set<PersonField> fields = matcher.fields(body.fields(), body.purpose());
    return matcher
        .match(
            List.of(
                matcher.admit(body.purpose(), known, fields, body.legalBasis(), body.requester())))
        .getFirst();
  }

  /** Answers each item on its own; what is wrong with one does not stop the others. */
  @POST
  @Path("/batch")
  @RolesAllowed({Roles.PERSON_READ, Roles.GATEWAY})
  @Disclosing(Kind.MATCH)
  @Parameter(ref = "explain")
  @Operation(
      summary = "Ask which persons fit what is known of up to 100",
      description =
          "One purpose, one requester, the same fields. Each item gets the answer, receipt and"
              + " signed statement that it would have got alone, or the problem; all that are"
              + " answered are logged in one transaction.")
  @APIResponse(
      responseCode = "200",
      description = "What came of each item, in the order sent",
      content =
          @Content(
              schema = @Schema(implementation = MatchView.Many.class),
              examples = @ExampleObject(name = "one answered, one refused", value = MANY_ANSWERED)))
  public MatchView.Many matchMany(
      @RequestBody(
              content =
                  @Content(
                      schema = @Schema(implementation = MatchPerson.Many.class),
                      examples = @ExampleObject(name = "two persons", value = MANY)))
          MatchPerson.@Nullable Many body) {
    if (body == null) {
      throw Problem.MALFORMED_REQUEST.because("The body is empty.");
    }
    Set<PersonField> fields = matcher.fields(body.fields(), body.purpose());
    Batch<Matcher.Question> batch =
        Batch.read(
            body.items(),
            (MatchPerson.Item item) -> MatchPerson.Somebody.read(item.person(), profile),
            known ->
                matcher.admit(body.purpose(), known, fields, body.legalBasis(), body.requester()));
    List<Matcher.Question> questions =
        batch.questions().stream().map(Batch.Asked::question).toList();
    List<MatchView> answers = questions.isEmpty() ? List.of() : matcher.match(questions);
    return new MatchView.Many(
        batch.outcomes(answers, MatchView.Outcome::answered, MatchView.Outcome::refused));
  }
}
