package org.mekong.gateway.lookup;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.access.Agency;
import org.mekong.gateway.access.CallingAgency;
import org.mekong.gateway.access.LookupScope;
import org.mekong.gateway.http.IdempotencyKey;
import org.mekong.gateway.http.Problem;
import org.mekong.gateway.lookup.waiting.LookupQueue;
import org.mekong.gateway.lookup.waiting.Preferences;

/** Where this nation's agencies ask. */
@Path("/v1/lookups")
@PermitAll // to whom the filter of @LookupScope lets through
@LookupScope
@RunOnVirtualThread
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(
    name = "lookup",
    description = "Questions of this nation's agencies to other nations and to its own register")
public class LookupResource {

  private static final String QUESTION =
      """
      {"country": "LA", "kind": "verify", "purpose": "marriage",
       "subject": {"personalNumber": "LA-0000000001"},
       "predicates": [{"name": "alive"}, {"name": "age_over", "years": 18}, {"name": "married"}],
       "officer": "officer-7", "deadline": "PT5S"}
      """;

  private static final String READ =
      """
      {"country": "LA", "kind": "read", "purpose": "border-resident",
       "subject": {"personalNumber": "LA-0000000001"}, "fields": ["names", "date_of_birth"],
       "officer": "officer-7"}
      """;

  private static final String MATCH =
      """
      {"country": "LA", "kind": "match", "purpose": "border-resident",
       "known": {"names": {"family": "Phommachanh", "given": "Bouavone"},
                 "dateOfBirth": "1999-04-14", "sex": 2},
       "fields": ["personal_number"], "officer": "officer-7"}
      """;

  private static final String SEARCH =
      """
      {"country": "LA", "kind": "search", "purpose": "border-resident",
       "known": {"names": {"words": "bouavone"}, "dateOfBirth": "1999"},
       "fields": ["names", "date_of_birth"], "officer": "officer-7"}
      """;

  private static final String AT_HOME =
      """
      {"country": "VN", "kind": "verify", "purpose": "residence",
       "subject": {"personalNumber": "001190000000"}, "predicates": [{"name": "alive"}],
       "officer": "officer-7"}
      """;

  private static final String ANSWER =
      """
      {"requestId": "01932f6e-1f2a-7c3b-8d4e-5f6071829304", "country": "LA", "kind": "verify",
       "purpose": "marriage", "agreement": {"id": "vn-la", "version": 1}, "outcome": "answered",
       "answers": [{"name": "alive", "answer": "yes"}, {"name": "age_over", "answer": "yes"},
                   {"name": "married", "answer": "no"}],
       "signedRequest": "eyJhbGciOiJFUzI1NiIs...", "signedAnswer": "eyJhbGciOiJFUzI1NiIs...",
       "receipt": "c2sp.org/tlog-proof@v1\\n...",
       "trace": {"request": {"origin": "vn.mekong.example/gateway/2026", "index": 41}}}
      """;

  private static final String EXPLANATION =
      """
      {"allowed": false, "rule": "vn-la/1/marriage/fields",
       "detail": "The purpose marriage does not allow: number_valid.",
       "action": "Leave these out and ask again."}
      """;

  private final Lookups lookups;
  private final LookupQueue queue;
  private final CallingAgency caller;

  @Inject
  public LookupResource(Lookups lookups, LookupQueue queue, CallingAgency caller) {
    this.lookups = lookups;
    this.queue = queue;
    this.caller = caller;
  }

  /** Asks another nation. */
  @POST
  @Operation(
      operationId = "lookup",
      summary = "Asks a nation's register, another's or our own, about one person",
      description =
          "By the person's number (verify, read) or by what is known of them (match, search)."
              + " Needs an access token of scope lookup whose authorization_details cover the question,"
              + " bound to the caller's key (DPoP). A person who is not in the register and one who"
              + " is withheld are answered alike.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              examples = {
                @ExampleObject(name = "marriage", value = QUESTION),
                @ExampleObject(name = "fields of one", value = READ),
                @ExampleObject(name = "who is meant", value = MATCH),
                @ExampleObject(name = "who fits", value = SEARCH),
                @ExampleObject(name = "at home", value = AT_HOME)
              }))
  @APIResponse(
      responseCode = "200",
      description = "The answer with its evidence",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              examples = @ExampleObject(name = "marriage", value = ANSWER)))
  @APIResponse(
      responseCode = "202",
      description =
          "Queued, by Prefer: respond-async; Location is the operation that will hold the outcome")
  @APIResponse(responseCode = "403", description = "Refused; the problem names the rule")
  @APIResponse(
      responseCode = "429",
      description = "A quota is used up; the rule names it, Retry-After says for how long")
  @APIResponse(responseCode = "502", description = "The peer did not answer as it must")
  @APIResponse(responseCode = "504", description = "The peer did not answer in time")
  public Response lookup(
      @Parameter(description = "The same key and question bring the first outcome")
          @HeaderParam("Idempotency-Key")
          @Nullable String key,
      @Parameter(
              description =
                  "respond-async (RFC 7240): not to wait, and wait=seconds: to wait so long all the"
                      + " same",
              example = "respond-async, wait=5")
          @HeaderParam("Prefer")
          @Nullable List<String> prefer,
      @Nullable LookupRequest request) {
    Agency agency = caller.get();
    LookupRequest asked = named(agency, request);
    Optional<String> checked = IdempotencyKey.read(key);
    Preferences preferences = Preferences.of(prefer == null ? List.of() : prefer);
    if (preferences.respondAsync()) {
      return queue.accept(agency, asked, checked, preferences);
    }
    LookupAnswer answer = lookups.lookup(agency, asked, checked);
    Response.ResponseBuilder response = Response.ok(answer).header("Cache-Control", "no-store");
    lookups.quotaHeaders(agency, asked).forEach(response::header);
    return response.build();
  }

  /** Says what would become of a question. */
  @POST
  @Path("/explain")
  @Operation(
      operationId = "explainLookup",
      summary = "Says what would become of a question, and by which rule",
      description = "The same evaluation as a lookup, dry: nothing is sent or logged.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              examples = @ExampleObject(name = "marriage", value = QUESTION)))
  @APIResponse(
      responseCode = "200",
      description = "The rule that decides",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              examples = @ExampleObject(name = "refused", value = EXPLANATION)))
  public Explanation explain(@Nullable LookupRequest request) {
    Agency agency = caller.get();
    return lookups.explain(agency, named(agency, request));
  }

  private static LookupRequest named(Agency agency, @Nullable LookupRequest request) {
    if (request == null) {
      throw Problem.malformed("The body is missing.");
    }
    return request.by(agency.officer());
  }
}
