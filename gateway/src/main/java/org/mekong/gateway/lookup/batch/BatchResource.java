package org.mekong.gateway.lookup.batch;

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
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.access.CallingAgency;
import org.mekong.gateway.access.LookupScope;
import org.mekong.gateway.http.IdempotencyKey;
import org.mekong.gateway.http.Problem;

/** Where this nation's agencies ask many questions at once. */
@Path("/v1/lookups/batch")
@PermitAll // to whom the filter of @LookupScope lets through
@LookupScope
@RunOnVirtualThread
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(
    name = "lookup",
    description = "Questions of this nation's agencies to other nations and to its own register")
public class BatchResource {

  private static final String TWO =
      """
      {"lookups": [
        {"country": "LA", "kind": "verify", "purpose": "marriage",
         "subject": {"personalNumber": "LA-0000000001"},
         "predicates": [{"name": "alive"}], "officer": "officer-7"},
        {"country": "LA", "kind": "verify", "purpose": "marriage",
         "subject": {"personalNumber": "LA-0000000002"},
         "predicates": [{"name": "number_valid"}], "officer": "officer-7"}],
       "deadline": "PT20S"}
      """;

  private static final String TWO_ANSWERED =
      """
      {"answers": [
        {"status": 200, "answer": {"requestId": "01932f6e-1f2a-7c3b-8d4e-5f6071829304",
          "country": "LA", "kind": "verify", "purpose": "marriage",
          "agreement": {"id": "vn-la", "version": 1}, "outcome": "answered",
          "answers": [{"name": "alive", "answer": "yes"}],
          "signedRequest": "eyJhbGciOiJFUzI1NiIs...", "signedAnswer": "eyJhbGciOiJFUzI1NiIs...",
          "receipt": "c2sp.org/tlog-proof@v1\\n...",
          "trace": {"request": {"origin": "vn.mekong.example/gateway/2026", "index": 41}}}},
        {"status": 403, "problem": {"type": "urn:mekong:problem:refused",
          "title": "Refused by a rule", "status": 403,
          "detail": "The purpose marriage does not allow: number_valid.",
          "action": "Leave these out and ask again.", "rule": "vn-la/1/marriage/fields"}}]}
      """;

  private final Batches batches;
  private final CallingAgency caller;

  @Inject
  public BatchResource(Batches batches, CallingAgency caller) {
    this.batches = batches;
    this.caller = caller;
  }

  /** Asks many questions. */
  @POST
  @Operation(
      operationId = "lookupBatch",
      summary = "Asks up to 100 questions, each answered on its own, in the order asked",
      description =
          "Each question is one that could be asked alone, and is ruled, counted, logged and"
              + " receipted like one; what is wrong with one does not stop the others. One deadline"
              + " holds for all.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = LookupBatch.class),
              examples = @ExampleObject(name = "two", value = TWO)))
  @APIResponse(
      responseCode = "200",
      description = "What came of each question: its status with an answer or a problem",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = BatchAnswer.class),
              examples = @ExampleObject(name = "one answered, one refused", value = TWO_ANSWERED)))
  @APIResponse(responseCode = "400", description = "The batch as a whole is not as agreed")
  public Response ask(
      @Parameter(
              description =
                  "The same key and the same batch bring the first outcome of each question")
          @HeaderParam("Idempotency-Key")
          @Nullable String key,
      @Nullable LookupBatch batch) {
    if (batch == null) {
      throw Problem.malformed("The body is missing.");
    }
    Optional<String> checked = IdempotencyKey.read(key);
    return Response.ok(batches.answer(caller.get(), batch, checked))
        .header("Cache-Control", "no-store")
        .build();
  }
}
