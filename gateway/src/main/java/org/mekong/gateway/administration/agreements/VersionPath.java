package org.mekong.gateway.administration.agreements;

import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.mekong.gateway.agreement.AgreementReference;

/**
 * The version of an agreement that a path names.
 *
 * @param id of the agreement
 */
record VersionPath(
    @Parameter(example = "vn-la-labour") @PathParam("id") String id,
    @Parameter(example = "1") @PathParam("version") int version) {

  /** Its path, below that of all agreements. */
  static final String TEMPLATE = "/{id: [a-z0-9-]{1,64}}/versions/{version: [1-9][0-9]{0,6}}";

  AgreementReference reference() {
    return new AgreementReference(id, version);
  }
}
