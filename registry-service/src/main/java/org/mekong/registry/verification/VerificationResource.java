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
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.Kind;
import org.mekong.registry.caller.Roles;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.permission.Disclosing;
import org.mekong.registry.permission.Enquiry;
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
  @Parameter(ref = "explain")
  @Operation(summary = "Ask whether statements about a person are true, and log that it was done")
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
    Enquiry enquiry =
        verifier.admit(body.purpose(), predicates, body.legalBasis(), body.requester());
    return VerificationView.of(verifier.verify(enquiry, key, predicates));
  }
}
