package org.mekong.registry.webhook.dispatch;

/**
 * The example of a message in the OpenAPI document, signed with the secret that the example of a
 * new webhook shows.
 */
final class MessageForm {

  static final String ID = "0193a5b2-7c11-7d33-9a55-0000000000d1";
  static final String SENT = "1772439331";
  static final String SIGNATURE = "v1,u5AVRU7WpC9060kh1gzfn1G7pzApWLf/DP6nLieVUpI=";
  static final String BODY =
      "{\"type\":\"register.changes\",\"timestamp\":\"2026-03-02T08:15:30.123456Z\","
          + "\"data\":{\"webhook\":\"0193a5b2-7c11-7d33-9a55-000000000001\",\"changes\":[{\"position\":4712,"
          + "\"person\":\"0193a5b2-7c11-7d33-9a55-0000000000b1\","
          + "\"event\":\"0193a5b2-7c11-7d33-9a55-0000000000e1\",\"type\":\"death\",\"province\":\"01\","
          + "\"recordedAt\":\"2026-03-02T08:15:30.123456Z\"}],"
          + "\"cursor\":\"AQAAAAAAABJoB0mYx5S4q1wq4lmyGm6vTI9yQ2V2u3Hk\"}}";

  private MessageForm() {}
}
