package org.mekong.registry.verification;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
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
import org.mekong.registry.caller.SpendsProof;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.permission.Disclosing;
import org.mekong.registry.person.storage.People;
import org.mekong.registry.problem.Problem;
import org.mekong.registry.reading.SubjectBody;

/** {@code POST /v1/verifications}: are these statements about a person true? */
@Path("/v1/verifications")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class VerificationResource {

  private static final String EXAMPLE =
      """
      {"purpose":"marriage","subject":{"personalNumber":"130299000001"},
       "predicates":[{"name":"alive"},{"name":"age_over","years":18},{"name":"married"}],
       "requester":{"requestId":"0193a5b2-7c11-7d33-9a55-000000000001","country":"VN",
        "agency":"vn-quang-tri-civil-registry","agencyClass":"civil-registry",
        "officer":"officer-7","legalBasis":"Law on Civil Status 2014, article 37"}}
      """;

  private static final String ANSWERED =
      """
      {"answers":[{"name":"alive","answer":"yes"},{"name":"age_over","answer":"yes"},
        {"name":"married","answer":"no"}],
       "disclosure":{"origin":"la.mekong.example/registry/2026","index":41,
        "leafHash":"q1mTiGkEuVvWe0AbdjJDKpmxh0EUyZ5+nsPAZmWRWiM="},
       "receipt":"c2sp.org/tlog-proof@v1\\n…","statement":"eyJ0eXAiOiJtZWtvbmctc3RhdGVtZW50K2p3dCJ9…",
       "statementSalt":"Zm9ydHktdHdvIGJ5dGVzIG9mIHJhbmRvbW5lc3MgaGU"}
      """;
  private static final String BATCH =
      """
      {"purpose":"marriage",
       "items":[{"id":"bride","subject":{"personalNumber":"130299000001"},
          "predicates":[{"name":"alive"},{"name":"age_over","years":18}]},
        {"id":"groom","subject":{"personalNumber":"130099000002"},
          "predicates":[{"name":"alive"},{"name":"age_over","years":-1}]}],
       "requester":{"requestId":"0193a5b2-7c11-7d33-9a55-000000000002","country":"VN",
        "agency":"vn-quang-tri-civil-registry","officer":"officer-7",
        "legalBasis":"Law on Civil Status 2014, article 37"}}
      """;
  private static final String BATCH_ANSWER =
      """
      {"items":[{"id":"bride","outcome":"answered",
         "answer":{"answers":[{"name":"alive","answer":"yes"},{"name":"age_over","answer":"yes"}],
          "disclosure":{"origin":"la.mekong.example/registry/2026","index":41,
           "leafHash":"q1mTiGkEuVvWe0AbdjJDKpmxh0EUyZ5+nsPAZmWRWiM="},
          "receipt":"c2sp.org/tlog-proof@v1\\n…",
          "statement":"eyJ0eXAiOiJtZWtvbmctc3RhdGVtZW50K2p3dCJ9…",
          "statementSalt":"Zm9ydHktdHdvIGJ5dGVzIG9mIHJhbmRvbW5lc3MgaGU"}},
        {"id":"groom","outcome":"refused",
         "problem":{"type":"urn:mekong:problem:invalid-request","title":"The request breaks a rule",
          "status":400,"detail":"predicates[1].years is no whole number from 0 to 150",
          "action":"Correct the named fields and send the request again.","rule":"range",
          "violations":[{"field":"predicates[1].years","rule":"range",
           "detail":"is no whole number from 0 to 150"}]}}]}
      """;

  private final Verifier verifier;
  private final NationProfile profile;

  VerificationResource(Verifier verifier, NationProfile profile) {
    this.verifier = verifier;
    this.profile = profile;
  }

  /** Answers yes, no or unknown; about a person unknown or withheld, unknown to everything. */
  @POST
  @RunOnVirtualThread
  @RolesAllowed({Roles.PERSON_READ, Roles.GATEWAY})
  @Disclosing(Kind.VERIFY)
  @SpendsProof
  @Parameter(ref = "explain")
  @Operation(
      summary = "Ask whether statements about a person are true, and log that it was done",
      description =
          "The answer comes with a signed statement that can be kept or handed on in place of the"
              + " data; its keys are at /.well-known/jwks.json.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = VerificationView.class),
              examples = @ExampleObject(name = "before a marriage", value = ANSWERED)))
  public VerificationView verify(
      @RequestBody(
              content =
                  @Content(examples = @ExampleObject(name = "before a marriage", value = EXAMPLE)))
          @Nullable Verify body) {
    if (body == null) {
      throw Problem.MALFORMED_REQUEST.because("The body is empty.");
    }
    People.Key key = SubjectBody.key(body.subject());
    List<Predicate> predicates =
        PredicateBody.read(body.predicates(), profile.provinces().keySet());
    return verifier.verify(
        verifier.admit(body.purpose(), key, predicates, body.legalBasis(), body.requester()));
  }

  /** Answers each item on its own; what is wrong with one does not stop the others. */
  @POST
  @Path("/batch")
  @RunOnVirtualThread
  @RolesAllowed({Roles.PERSON_READ, Roles.GATEWAY})
  @Disclosing(Kind.VERIFY)
  @Parameter(ref = "explain")
  @Operation(
      summary = "Ask whether statements about up to 100 persons are true",
      description =
          "One purpose, one requester. Each item gets the answer, receipt and signed statement that"
              + " it would have got alone, or the problem; all that are answered are logged in one"
              + " transaction.")
  @APIResponse(
      responseCode = "200",
      description = "What came of each item, in the order sent",
      content =
          @Content(
              schema = @Schema(implementation = VerifyBatch.View.class),
              examples = @ExampleObject(name = "one answered, one refused", value = BATCH_ANSWER)))
  public VerifyBatch.View verifyBatch(
      @RequestBody(
              content =
                  @Content(
                      schema = @Schema(implementation = VerifyBatch.class),
                      examples = @ExampleObject(name = "two persons", value = BATCH)))
          @Nullable VerifyBatch body) {
    if (body == null) {
      throw Problem.MALFORMED_REQUEST.because("The body is empty.");
    }
    Batch<Question> batch =
        Batch.read(
            body.items(),
            (VerifyBatch.Item item) ->
                new Read(
                    SubjectBody.key(item.subject()),
                    PredicateBody.read(item.predicates(), profile.provinces().keySet())),
            read ->
                verifier.admit(
                    body.purpose(),
                    read.key(),
                    read.predicates(),
                    body.legalBasis(),
                    body.requester()));
    List<Question> questions = batch.questions().stream().map(Batch.Asked::question).toList();
    List<VerificationView> answers =
        questions.isEmpty() ? List.of() : verifier.verifyEach(questions);
    return new VerifyBatch.View(
        batch.outcomes(answers, VerifyBatch.Outcome::answered, VerifyBatch.Outcome::refused));
  }

  private record Read(People.Key key, List<Predicate> predicates) {}
}
