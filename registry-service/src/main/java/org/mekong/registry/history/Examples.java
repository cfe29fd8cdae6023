package org.mekong.registry.history;

/**
 * The examples of this feature's operations. They tell of one life: registered at twenty-one, moved
 * twice, renamed, a move corrected; a test lives it and compares.
 */
final class Examples {

  /** The person of all examples. */
  static final String PERSON = "0190f3c4-5a10-7b21-8c43-5d6e7f809101";

  private static final String TRACE =
      """
       "disclosure":{"origin":"registry.vn.mekong.example/log/2026","index":41,
        "leafHash":"q1mTiGkEuVvWe0AbdjJDKpmxh0EUyZ5+nsPAZmWRWiM="},
       "receipt":"c2sp.org/tlog-proof@v1\\n…"}
      """;

  static final String NAMES =
      """
      {"id":"0190f3c4-5a10-7b21-8c43-5d6e7f809101",
       "items":[{"field":"names","value":{"kind":"official","script":"Latn",
        "family":"Nguyễn","middle":"Thị","given":"Hoa Mai","full":"Nguyễn Thị Hoa Mai"}}],
      """
          + TRACE;
  static final String NAMES_HISTORY =
      """
      {"id":"0190f3c4-5a10-7b21-8c43-5d6e7f809101",
       "items":[
        {"field":"names","value":{"kind":"official","script":"Latn","family":"Nguyễn",
          "middle":"Thị","given":"Hoa","full":"Nguyễn Thị Hoa"},
         "declared":true,"validFrom":"1999-03-08","validTo":"2024-02-10",
         "recordedAt":"2020-06-01T02:00:00Z",
         "broughtBy":{"eventId":"0190f3c4-5a10-7b21-8c43-5d6e7f809201",
          "type":"first_registration","role":"person","occurredOn":"1999-03-08",
          "recordedAt":"2020-06-01T02:00:00Z"},
         "endRecordedAt":"2024-02-12T02:00:00Z",
         "endedBy":{"eventId":"0190f3c4-5a10-7b21-8c43-5d6e7f809203","type":"name_change",
          "role":"person","occurredOn":"2024-02-10","recordedAt":"2024-02-12T02:00:00Z"}},
        {"field":"names","value":{"kind":"official","script":"Latn","family":"Nguyễn",
          "middle":"Thị","given":"Hoa Mai","full":"Nguyễn Thị Hoa Mai"},
         "validFrom":"2024-02-10","recordedAt":"2024-02-12T02:00:00Z",
         "broughtBy":{"eventId":"0190f3c4-5a10-7b21-8c43-5d6e7f809203","type":"name_change",
          "role":"person","occurredOn":"2024-02-10","recordedAt":"2024-02-12T02:00:00Z"}}],
      """
          + TRACE;
  static final String IDENTIFIERS =
      """
      {"id":"0190f3c4-5a10-7b21-8c43-5d6e7f809101",
       "items":[{"field":"personal_number","value":"045199730241"}],
      """
          + TRACE;
  static final String RESIDENCES =
      """
      {"id":"0190f3c4-5a10-7b21-8c43-5d6e7f809101",
       "items":[
        {"field":"permanent_residence",
         "value":{"country":"VN","province":"48","text":"Phường Hải Châu"}},
        {"field":"temporary_residence","value":{"country":"VN","province":"79"}}],
      """
          + TRACE;
  static final String RELATIONSHIPS =
      """
      {"id":"0190f3c4-5a10-7b21-8c43-5d6e7f809101",
       "items":[{"field":"parents","value":{"kind":"mother","name":"Trần Thị Lan"}}],
      """
          + TRACE;
  static final String HOUSEHOLD =
      """
      {"id":"0190f3c4-5a10-7b21-8c43-5d6e7f809101",
       "items":[{"field":"household","value":
        {"id":"0190f3c4-5a10-7b21-8c43-5d6e7f809301","relationToHead":"head"}}],
      """
          + TRACE;
  static final String NATIONALITIES =
      """
      {"id":"0190f3c4-5a10-7b21-8c43-5d6e7f809101",
       "items":[{"field":"nationalities","value":"VN"}],
      """
          + TRACE;
  static final String MARITAL_STATUS =
      """
      {"id":"0190f3c4-5a10-7b21-8c43-5d6e7f809101",
       "items":[{"field":"marital_status","value":"single"}],
      """
          + TRACE;
  static final String LIFE_STATUS =
      """
      {"id":"0190f3c4-5a10-7b21-8c43-5d6e7f809101",
       "items":[{"field":"life_status","value":{"status":"alive"}}],
      """
          + TRACE;
  static final String EVENTS =
      """
      {"id":"0190f3c4-5a10-7b21-8c43-5d6e7f809101",
       "events":[
        {"eventId":"0190f3c4-5a10-7b21-8c43-5d6e7f809201","type":"first_registration",
         "role":"person","occurredOn":"1999-03-08","registeredOn":"2020-06-01",
         "recordedAt":"2020-06-01T02:00:00Z","stands":true},
        {"eventId":"0190f3c4-5a10-7b21-8c43-5d6e7f809204","type":"correction","role":"person",
         "occurredOn":"2022-08-01","registeredOn":"2025-03-03",
         "recordedAt":"2025-03-03T02:00:00Z",
         "supersedes":"0190f3c4-5a10-7b21-8c43-5d6e7f809202","stands":true},
        {"eventId":"0190f3c4-5a10-7b21-8c43-5d6e7f809202","type":"residence_change",
         "role":"person","occurredOn":"2022-09-01","registeredOn":"2022-09-05",
         "recordedAt":"2022-09-05T02:00:00Z","stands":false,
         "supersededBy":"0190f3c4-5a10-7b21-8c43-5d6e7f809204"},
        {"eventId":"0190f3c4-5a10-7b21-8c43-5d6e7f809203","type":"name_change",
         "role":"person","occurredOn":"2024-02-10","registeredOn":"2024-02-12",
         "recordedAt":"2024-02-12T02:00:00Z","stands":true}],
      """
          + TRACE;
  static final String DIFF =
      """
      {"id":"0190f3c4-5a10-7b21-8c43-5d6e7f809101",
       "from":{"asOf":"2022-08-15","knownAt":"2024-12-31T00:00:00Z","available":true},
       "to":{"asOf":"2024-12-31","available":true},
       "changes":[
        {"field":"names",
         "before":[{"kind":"official","script":"Latn","family":"Nguyễn","middle":"Thị",
          "given":"Hoa","full":"Nguyễn Thị Hoa"}],
         "after":[{"kind":"official","script":"Latn","family":"Nguyễn","middle":"Thị",
          "given":"Hoa Mai","full":"Nguyễn Thị Hoa Mai"}],
         "causes":[{"eventId":"0190f3c4-5a10-7b21-8c43-5d6e7f809203","type":"name_change",
          "role":"person","occurredOn":"2024-02-10","recordedAt":"2024-02-12T02:00:00Z"}]},
        {"field":"permanent_residence",
         "before":{"country":"VN","province":"44","text":"Phường Đông Hà"},
         "after":{"country":"VN","province":"48","text":"Phường Hải Châu"},
         "causes":[{"eventId":"0190f3c4-5a10-7b21-8c43-5d6e7f809204","type":"correction",
          "role":"person","occurredOn":"2022-08-01","recordedAt":"2025-03-03T02:00:00Z"}]}],
      """
          + TRACE;

  private Examples() {}
}
