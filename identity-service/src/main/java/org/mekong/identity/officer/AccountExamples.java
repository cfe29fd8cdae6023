package org.mekong.identity.officer;

/** What the OpenAPI document shows of accounts. */
final class AccountExamples {
  static final String REGISTER =
      """
      {"kind": "officer", "userName": "thao.tran", "name": "Trần Thị Thảo",
       "agencyId": "vn-quang-tri-civil-registry", "office": "Lao Bảo", "roles": ["registrar"],
       "assurance": "high"}
      """;
  static final String CITIZEN =
      """
      {"kind": "citizen", "personalNumber": "045199000123", "assurance": "low"}
      """;
  static final String CHANGE =
      """
      {"name": "Trần Thị Thảo", "agencyId": "vn-quang-tri-civil-registry", "office": "Lao Bảo",
       "roles": ["registrar", "reviewer"], "assurance": "high"}
      """;
  private static final String MEMBERS =
      """
      {"id": "0193546a-1c2e-7d1b-a5f3-2b8f6d1c9e40", "kind": "officer", "userName": "thao.tran",
       "name": "Trần Thị Thảo", "agencyId": "vn-quang-tri-civil-registry", "office": "Lao Bảo",
       "roles": ["registrar"], "assurance": "high", "version": 1,
       "createdAt": "2026-11-21T09:30:00Z", "status": \
      """;
  static final String OFFICER = MEMBERS + "\"active\"}";
  static final String SUSPENDED = MEMBERS + "\"suspended\"}";
  static final String PAGE = "{\"items\": [" + OFFICER + "]}";
  private static final String PROPOSAL =
      """
      {"id": "0193546b-77aa-7c3d-8e4f-5a6b7c8d9e0f", "act": "account-registration",
       "target": "officer", "content": \
      """
          + REGISTER
          + """
            , "proposedBy": "mekong-administrator", "proposedAt": "2026-11-21T09:30:00Z",
             "expiresAt": "2026-11-28T09:30:00Z", "status": "pending"}
            """;
  static final String HANDED =
      """
      {"firstHalf": "u3bWm0Ff1nF8m0jY8N1s6m6vYH0o1nW5dQx2oV7kZrQ", "outcome":
       {"account": "0193546a-1c2e-7d1b-a5f3-2b8f6d1c9e40",
        "secondHalf": "Y2k7nE9cVbQ1xW4tS8uR0pL6mJ3hG5fD2aZ9yXqTeKc",
        "expiresAt": "2026-11-28T09:30:00Z"}}
      """;
  static final String FIRST_HALF =
      """
      {"firstHalf": "u3bWm0Ff1nF8m0jY8N1s6m6vYH0o1nW5dQx2oV7kZrQ", "outcome": \
      """
          + PROPOSAL
          + "}";
  static final String SESSIONS =
      """
      {"items": [{"id": "0193546c-0b1a-7f2e-9c3d-4e5f6a7b8c9d", "acr": "urn:mekong:loa:high",
        "amr": ["pwd", "otp"], "authTime": "2026-11-21T09:30:00Z",
        "expiresAt": "2026-11-21T21:30:00Z"}]}
      """;

  private AccountExamples() {}
}
