package org.mekong.gateway.administration.agreements;

/** What the API's description shows. */
final class Examples {

  /** Name of the answer to what is done with a version. */
  static final String ANSWER = "Agreement";

  /** Name of the answer where a version is tried. */
  static final String TRIED_ANSWER = "AgreementInShadow";

  static final String DOCUMENT =
      """
      {"id": "vn-la-labour", "version": 1, "parties": ["VN", "LA"],
       "validFrom": "2027-01-01", "validUntil": "2031-12-31",
       "purposes": [{"purpose": "labour",
         "legalBasis": {"VN": "Illustrative basis", "LA": "Illustrative basis"},
         "agencyClasses": ["labour"], "kinds": ["verify"], "fields": ["alive", "age_over"],
         "visibilityDelay": "PT0S", "retention": "P1Y", "dailyQuota": 1000, "ratePerSecond": 10,
         "consentRequired": false}]}
      """;

  static final String PROPOSED =
      """
      {"id": "vn-la-labour", "version": 1, "state": "proposed",
       "digest": "5c1b5ddc8c1e0b1a1c0c4f4f4f0d3c1de4b2f4a9c6f3a1f5f6a7b8c9d0e1f2a3",
       "parties": ["LA", "VN"], "validFrom": "2027-01-01", "validUntil": "2031-12-31",
       "proposedBy": "vn-gateway-operations-1", "proposedAt": "2026-11-22T09:30:00Z",
       "signatures": []}
      """;

  static final String SIGNED =
      """
      {"id": "vn-la-labour", "version": 1, "state": "agreed",
       "digest": "5c1b5ddc8c1e0b1a1c0c4f4f4f0d3c1de4b2f4a9c6f3a1f5f6a7b8c9d0e1f2a3",
       "parties": ["LA", "VN"], "validFrom": "2027-01-01", "validUntil": "2031-12-31",
       "proposedBy": "vn-gateway-operations-1", "proposedAt": "2026-11-22T09:30:00Z",
       "approvedBy": "vn-gateway-operations-2",
       "signatures": [{"nation": "LA", "signature": "eyJhbGciOiJFUzI1NiIs...zQ"},
         {"nation": "VN", "signature": "eyJhbGciOiJFUzI1NiIs...8A"}]}
      """;

  static final String PAGE = "{\"items\": [" + SIGNED + "]}";

  static final String SIGNATURE =
      """
      {"signature": "eyJhbGciOiJFUzI1NiIs..zQ"}
      """;

  static final String TERMINATION =
      """
      {"from": "2030-06-30", "reference": "NV-2029/117"}
      """;

  static final String SHADOW =
      """
      {"id": "vn-la", "version": 2, "running": true, "since": "2026-11-22T09:30:00Z",
       "decisions": 4711, "changed": 12,
       "changes": [{"from": "VN", "to": "LA", "purpose": "marriage",
         "agencyClass": "civil-registry", "kind": "verify", "rule": "vn-la/1/marriage",
         "shadowRule": "vn-la/2/marriage/fields", "effect": "closes", "count": 12}]}
      """;

  private Examples() {}
}
