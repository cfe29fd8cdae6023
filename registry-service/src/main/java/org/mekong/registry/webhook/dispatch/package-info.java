/**
 * Who brings deliveries to webhooks: at least once, in order, and to each webhook by itself,
 * however many replicas share the work. What the OpenAPI document says of a message, its part
 * {@code webhooks}, stands here.
 */
@OpenAPIDefinition(
    info = @Info(title = "Mekong registry-service", version = "1"),
    webhooks =
        @PathItem(
            name = Message.TYPE,
            operations =
                @PathItemOperation(
                    method = "post",
                    summary = "Changes of the register, sent to a webhook",
                    description =
                        "By Standard Webhooks 1.0.0. At least once and in order: what fails is sent"
                            + " again under the same webhook-id, and nothing of this webhook overtakes"
                            + " it. Check the signature over the bytes of the body before they are"
                            + " parsed; refuse a webhook-timestamp that is more than five minutes"
                            + " away; take each webhook-id once. Keys and types, no personal data.",
                    parameters = {
                      @Parameter(
                          name = "webhook-id",
                          in = ParameterIn.HEADER,
                          required = true,
                          description = "key of the message, the same each time it is sent",
                          schema = @Schema(type = SchemaType.STRING, format = "uuid"),
                          example = MessageForm.ID),
                      @Parameter(
                          name = "webhook-timestamp",
                          in = ParameterIn.HEADER,
                          required = true,
                          description = "when it is sent this time, in seconds since 1970",
                          schema = @Schema(type = SchemaType.STRING, pattern = "^[0-9]+$"),
                          example = MessageForm.SENT),
                      @Parameter(
                          name = "webhook-signature",
                          in = ParameterIn.HEADER,
                          required = true,
                          description =
                              "v1, and base64 of HMAC-SHA-256 over webhook-id.webhook-timestamp.body"
                                  + " with the decoded secret behind whsec_; two with a space between"
                                  + " while a renewed secret overlaps the one before, of which one has"
                                  + " to hold",
                          schema = @Schema(type = SchemaType.STRING),
                          example = MessageForm.SIGNATURE)
                    },
                    requestBody =
                        @RequestBody(
                            required = true,
                            content =
                                @Content(
                                    mediaType = MediaType.APPLICATION_JSON,
                                    schema = @Schema(implementation = Message.class),
                                    examples =
                                        @ExampleObject(
                                            name = "a death",
                                            value = MessageForm.BODY))),
                    responses = {
                      @APIResponse(
                          responseCode = "2XX",
                          description =
                              "Taken: it is not sent again. Of the answer nothing is read"),
                      @APIResponse(
                          responseCode = "410",
                          description = "Nothing more is wanted: the webhook stops"),
                      @APIResponse(
                          responseCode = "default",
                          description =
                              "Not taken, as is a redirect or no answer in time: it is sent again"
                                  + " later, not before the seconds of Retry-After, and is a dead"
                                  + " letter in the end")
                    })))
@NullMarked
package org.mekong.registry.webhook.dispatch;

import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.PathItem;
import org.eclipse.microprofile.openapi.annotations.PathItemOperation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.NullMarked;
