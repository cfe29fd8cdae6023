/**
 * Agreements as administrators handle them: one proposes a document, another has this nation sign
 * it, the other parties' signatures are added, and it binds. What ends or tries out an agreement,
 * one does alone. What the OpenAPI document says of the answer to all of these stands here.
 */
@OpenAPIDefinition(
    info = @Info(title = "Mekong gateway", version = "1"),
    components =
        @Components(
            responses = {
              @APIResponse(
                  name = Examples.ANSWER,
                  description = "The version as it stands now",
                  content =
                      @Content(
                          mediaType = MediaType.APPLICATION_JSON,
                          schema = @Schema(implementation = AgreementView.class),
                          examples = @ExampleObject(name = "agreed", value = Examples.SIGNED))),
              @APIResponse(
                  name = Examples.TRIED_ANSWER,
                  description = "The version as it stands now",
                  content =
                      @Content(
                          mediaType = MediaType.APPLICATION_JSON,
                          schema = @Schema(implementation = AgreementView.class),
                          examples = @ExampleObject(name = "tried", value = Examples.PROPOSED)))
            }))
@NullMarked
package org.mekong.gateway.administration.agreements;

import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.NullMarked;
