package org.mekong.identity.access;

import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/** What the OpenAPI document says of the whole service. */
@OpenAPIDefinition(
    info =
        @Info(
            title = "Mekong identity-service",
            version = "1",
            license = @License(name = "Apache-2.0")))
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
}
