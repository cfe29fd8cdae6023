package org.mekong.registry.webhook;

/** What the OpenAPI document shows of webhooks. */
final class WebhookExamples {

  static final String CREATE =
      """
      {"url":"https://example.com/population-changes","types":["death","residence_change"],
       "provinces":["01"]}
      """;
  static final String CREATE_ALL = "{\"url\":\"https://example.com/population-changes\"}";
  static final String CHANGE = "{\"types\":[\"death\"],\"provinces\":[]}";
  static final String PAUSE = "{\"state\":\"paused\"}";
  static final String CREATED =
      """
      {"id":"0193a5b2-7c11-7d33-9a55-000000000001","url":"https://example.com/population-changes",
       "types":["death","residence_change"],"provinces":["01"],"state":"active","position":4711,
       "createdAt":"2026-03-02T08:15:30.123456Z","changedAt":"2026-03-02T08:15:30.123456Z",
       "version":1,"secret":"whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD0k3P0ZVQ3ys="}
      """;
  static final String SHOWN =
      """
      {"id":"0193a5b2-7c11-7d33-9a55-000000000001","url":"https://example.com/population-changes",
       "types":["death","residence_change"],"provinces":["01"],"state":"active","position":4711,
       "createdAt":"2026-03-02T08:15:30.123456Z","changedAt":"2026-03-02T08:15:30.123456Z",
       "version":1}
      """;
  static final String RENEWED =
      """
      {"id":"0193a5b2-7c11-7d33-9a55-000000000001","url":"https://example.com/population-changes",
       "types":["death","residence_change"],"provinces":["01"],"state":"active","position":4711,
       "formerSecretUntil":"2026-03-03T08:15:30.123456Z",
       "createdAt":"2026-03-02T08:15:30.123456Z","changedAt":"2026-03-02T08:15:30.123456Z",
       "version":2,"secret":"whsec_3iG0qO2cT2m7bqXJw2ZlOQH0yq4m3Y2oJ5z4o0mYv1s="}
      """;
  static final String PAGE = "{\"webhooks\":[" + SHOWN + "]}";

  private WebhookExamples() {}
}
