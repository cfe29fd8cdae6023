package org.mekong.registry.permission;

import org.jspecify.annotations.Nullable;

/**
 * Who stands behind a request of the gateway, as a member of its body.
 *
 * @param requestId the exchange's id on the gateways' side
 * @param country nation of the asking agency
 * @param officer pseudonym of the officer who asked
 * @param visibleAfter RFC 3339 instant before which the person does not see the disclosure
 */
public record RequesterBody(
    @Nullable String requestId,
    @Nullable String country,
    @Nullable String agency,
    @Nullable String agencyClass,
    @Nullable String officer,
    @Nullable String legalBasis,
    @Nullable String visibleAfter) {}
