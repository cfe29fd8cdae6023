package org.mekong.gateway.administration.agreements;

import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /admin/v1/agreements/{id}/versions/{version}/signatures}.
 *
 * @param signature of another party: detached JWS over the document, as its gateway shows it
 */
public record AddSignature(@Nullable String signature) {}
