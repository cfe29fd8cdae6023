package org.mekong.identity.access;

import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/** What the OpenAPI document says of the whole service. */
@OpenAPIDefinition(
    info =
        @Info(
            title = "Mekong identity-service",
            version = "1",
            license = @License(name = "Apache-2.0")),
    components =
        @Components(
            responses =
                @APIResponse(
                    name = ApiDescription.PROPOSED,
                    description =
                        "Proposed: another administrator has to approve it under"
                            + " /admin/v1/proposals",
                    content =
                        @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(ref = "ProposalView"),
                            examples =
                                @ExampleObject(
                                    name = "a proposal",
                                    value = ApiDescription.PROPOSAL)))))
@SecurityScheme(
    securitySchemeName = ApiDescription.DPOP,
    type = SecuritySchemeType.HTTP,
    scheme = "dpop",
    description =
        "An access token of this issuer, for this issuer, with the scope identity.admin, in"
            + " 'Authorization: DPoP …', and a new proof in the header DPoP (RFC 9449).")
public class ApiDescription extends Application {
  /** Name of the scheme of the administrative endpoints. */
  public static final String DPOP = "dpop";

  /** Name of the answer to what takes two administrators. */
  public static final String PROPOSED = "Proposed";

  static final String PROPOSAL =
      """
      {"id": "0193546a-1c2e-7d1b-a5f3-2b8f6d1c9e40", "act": "client-status-change",
       "target": "vn-quang-tri-desk", "content": {"status": "active"},
       "proposedBy": "mekong-administrator", "proposedAt": "2026-11-21T09:30:00Z",
       "expiresAt": "2026-11-28T09:30:00Z", "status": "pending"}
      """;
}
