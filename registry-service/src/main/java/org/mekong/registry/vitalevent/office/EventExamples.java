package org.mekong.registry.vitalevent.office;

/** One running example for each type of event, in the order in which they can be sent. */
final class EventExamples {

  static final String FIRST_REGISTRATION =
      """
      {"type":"first_registration",
       "person":{"names":[{"family":"Phạm","middle":"Văn","given":"Sơn"}],"sex":1,
        "placeOfBirthRegistration":"045","maritalStatus":"single","earlierNumbers":["197123456"]},
       "circumstances":{"occurredOn":"1979-11-02","office":"vn-44-dong-ha","registrar":"registrar-7",
       "document":{"kind":"declaration","number":"12/2025"}}}
      """;

  static final String MARRIAGE =
      """
      {"type":"marriage",
       "spouses":[{"personId":"0193a5b2-7c11-7d33-9a55-000000000001"},{"personId":"0193a5b2-7c11-7d33-9a55-000000000002"}],
       "circumstances":{"occurredOn":"2024-02-14","office":"vn-44-dong-ha","registrar":"registrar-7",
       "document":{"kind":"certificate","number":"08/2024"}}}
      """;

  static final String LIVE_BIRTH =
      """
      {"type":"live_birth",
       "child":{"names":[{"family":"Trần","middle":"Minh","given":"An"}],"sex":1,
        "placeOfBirthRegistration":"045"},
       "mother":{"personId":"0193a5b2-7c11-7d33-9a55-000000000001"},"father":{"personId":"0193a5b2-7c11-7d33-9a55-000000000002"},
       "circumstances":{"occurredOn":"2025-03-01","office":"vn-44-dong-ha","registrar":"registrar-7",
       "document":{"kind":"medical-certificate","number":"0311/2025"},"registeredOn":"2025-03-20"}}
      """;

  static final String JUDICIAL_SEPARATION =
      """
      {"type":"judicial_separation",
       "spouses":[{"personId":"0193a5b2-7c11-7d33-9a55-000000000001"},{"personId":"0193a5b2-7c11-7d33-9a55-000000000002"}],
       "circumstances":{"occurredOn":"2025-06-01","office":"vn-44-dong-ha","registrar":"registrar-7",
       "document":{"kind":"court-decision","number":"21/2025"}}}
      """;

  static final String DIVORCE =
      """
      {"type":"divorce",
       "spouses":[{"personId":"0193a5b2-7c11-7d33-9a55-000000000001"},{"personId":"0193a5b2-7c11-7d33-9a55-000000000002"}],
       "circumstances":{"occurredOn":"2025-09-01","office":"vn-44-dong-ha","registrar":"registrar-7",
       "document":{"kind":"court-decision","number":"77/2025"}}}
      """;

  static final String MARRIAGE_ANNULMENT =
      """
      {"type":"marriage_annulment",
       "spouses":[{"personId":"0193a5b2-7c11-7d33-9a55-000000000005"},{"personId":"0193a5b2-7c11-7d33-9a55-000000000006"}],
       "circumstances":{"occurredOn":"2024-08-08","office":"vn-44-dong-ha","registrar":"registrar-7",
       "document":{"kind":"court-decision","number":"61/2024"}}}
      """;

  static final String DEATH =
      """
      {"type":"death",
       "deceased":"0193a5b2-7c11-7d33-9a55-000000000003","cause":"I21.9",
       "circumstances":{"occurredOn":"2025-10-02","office":"vn-44-dong-ha","registrar":"registrar-7",
       "document":{"kind":"medical-certificate","number":"0912/2025"},"registeredOn":"2025-10-05",
       "occurredAt":{"province":"44"}}}
      """;

  static final String FOETAL_DEATH =
      """
      {"type":"foetal_death",
       "mother":"0193a5b2-7c11-7d33-9a55-000000000004","gestationWeeks":29,"sex":2,
       "circumstances":{"occurredOn":"2025-05-05","office":"vn-44-dong-ha","registrar":"registrar-7",
       "document":{"kind":"medical-certificate","number":"0413/2025"}}}
      """;

  static final String ADOPTION =
      """
      {"type":"adoption",
       "child":"0193a5b2-7c11-7d33-9a55-000000000007","parents":[{"personId":"0193a5b2-7c11-7d33-9a55-000000000008"},{"personId":"0193a5b2-7c11-7d33-9a55-000000000009"}],
       "circumstances":{"occurredOn":"2024-05-20","office":"vn-44-dong-ha","registrar":"registrar-7",
       "document":{"kind":"administrative-decision","number":"05/2024"}}}
      """;

  static final String LEGITIMATION =
      """
      {"type":"legitimation",
       "child":"0193a5b2-7c11-7d33-9a55-000000000010","father":{"personId":"0193a5b2-7c11-7d33-9a55-000000000009"},"mother":{"personId":"0193a5b2-7c11-7d33-9a55-000000000008"},
       "circumstances":{"occurredOn":"2024-06-11","office":"vn-44-dong-ha","registrar":"registrar-7",
       "document":{"kind":"declaration","number":"12/2025"}}}
      """;

  static final String RECOGNITION =
      """
      {"type":"recognition",
       "child":"0193a5b2-7c11-7d33-9a55-000000000011","parent":{"personId":"0193a5b2-7c11-7d33-9a55-000000000002"},"as":"father",
       "circumstances":{"occurredOn":"2024-07-01","office":"vn-44-dong-ha","registrar":"registrar-7",
       "document":{"kind":"declaration","number":"12/2025"}}}
      """;

  static final String NAME_CHANGE =
      """
      {"type":"name_change",
       "person":"0193a5b2-7c11-7d33-9a55-000000000004","names":[{"family":"Lê","middle":"Thanh","given":"Mai"}],
       "circumstances":{"occurredOn":"2024-09-09","office":"vn-44-dong-ha","registrar":"registrar-7",
       "document":{"kind":"administrative-decision","number":"19/2024"}}}
      """;

  static final String SEX_CORRECTION =
      """
      {"type":"sex_correction",
       "person":"0193a5b2-7c11-7d33-9a55-000000000012","sex":1,
       "circumstances":{"occurredOn":"2024-09-10","office":"vn-44-dong-ha","registrar":"registrar-7",
       "document":{"kind":"administrative-decision","number":"20/2024"}}}
      """;

  static final String RESIDENCE_CHANGE =
      """
      {"type":"residence_change",
       "persons":[{"personId":"0193a5b2-7c11-7d33-9a55-000000000008","relationToHead":"head"},{"personId":"0193a5b2-7c11-7d33-9a55-000000000009","relationToHead":"spouse"}],
       "kind":"permanent","to":{"province":"44","text":"Phường Đông Hà"},
       "household":"0193a5b2-7c11-7d33-9a55-0000000000f1",
       "circumstances":{"occurredOn":"2024-10-01","office":"vn-44-dong-ha","registrar":"registrar-7",
       "document":{"kind":"declaration","number":"12/2025"}}}
      """;

  static final String HOUSEHOLD_CHANGE =
      """
      {"type":"household_change",
       "person":"0193a5b2-7c11-7d33-9a55-000000000007",
       "household":{"id":"0193a5b2-7c11-7d33-9a55-0000000000f1","relationToHead":"child"},
       "circumstances":{"occurredOn":"2024-10-02","office":"vn-44-dong-ha","registrar":"registrar-7",
       "document":{"kind":"declaration","number":"12/2025"}}}
      """;

  static final String NATIONALITY_CHANGE =
      """
      {"type":"nationality_change",
       "person":"0193a5b2-7c11-7d33-9a55-000000000004","acquired":["LA"],
       "circumstances":{"occurredOn":"2025-01-15","office":"vn-44-dong-ha","registrar":"registrar-7",
       "document":{"kind":"certificate","number":"LA-5/2025"}}}
      """;

  static final String DECLARED_MISSING =
      """
      {"type":"declared_missing",
       "person":"0193a5b2-7c11-7d33-9a55-000000000013",
       "circumstances":{"occurredOn":"2023-03-03","office":"vn-44-dong-ha","registrar":"registrar-7",
       "document":{"kind":"court-decision","number":"9/2023"}}}
      """;

  static final String FOUND =
      """
      {"type":"found",
       "person":"0193a5b2-7c11-7d33-9a55-000000000013",
       "circumstances":{"occurredOn":"2024-04-04","office":"vn-44-dong-ha","registrar":"registrar-7",
       "document":{"kind":"court-decision","number":"10/2024"}}}
      """;

  static final String GUARDIANSHIP =
      """
      {"type":"guardianship",
       "ward":"0193a5b2-7c11-7d33-9a55-000000000011","guardian":{"personId":"0193a5b2-7c11-7d33-9a55-000000000004"},
       "circumstances":{"occurredOn":"2024-11-11","office":"vn-44-dong-ha","registrar":"registrar-7",
       "document":{"kind":"administrative-decision","number":"31/2024"}}}
      """;

  static final String PARTICULARS_CHANGE =
      """
      {"type":"particulars_change",
       "person":"0193a5b2-7c11-7d33-9a55-000000000004","fields":["hometown","contact"],
       "hometown":{"province":"44","text":"Hải Lăng"},"contact":{"phone":"+84901234567"},
       "circumstances":{"occurredOn":"2025-02-02","office":"vn-44-dong-ha","registrar":"registrar-7",
       "document":{"kind":"declaration","number":"12/2025"}}}
      """;

  static final String NUMBER_REPLACEMENT =
      """
      {"type":"number_replacement",
       "person":"0193a5b2-7c11-7d33-9a55-000000000012","reason":"The number was given on another sex.",
       "circumstances":{"occurredOn":"2025-02-03","office":"vn-44-dong-ha","registrar":"registrar-7",
       "document":{"kind":"administrative-decision","number":"3/2025"}}}
      """;

  static final String MERGE =
      """
      {"type":"merge",
       "survivor":"0193a5b2-7c11-7d33-9a55-000000000014","duplicate":"0193a5b2-7c11-7d33-9a55-000000000015",
       "circumstances":{"occurredOn":"2025-04-04","office":"vn-44-dong-ha","registrar":"registrar-7",
       "document":{"kind":"administrative-decision","number":"7/2025"}}}
      """;

  static final String SPLIT =
      """
      {"type":"split",
       "merge":"0193a5b2-7c11-7d33-9a55-0000000000e1",
       "circumstances":{"occurredOn":"2025-05-05","office":"vn-44-dong-ha","registrar":"registrar-7",
       "document":{"kind":"administrative-decision","number":"8/2025"}}}
      """;

  static final String PROTECTION_CHANGE =
      """
      {"type":"protection_change",
       "person":"0193a5b2-7c11-7d33-9a55-000000000013","withheld":true,
       "circumstances":{"occurredOn":"2025-08-08","office":"vn-44-dong-ha","registrar":"registrar-7",
       "document":{"kind":"court-decision","number":"88/2025"}}}
      """;

  static final String CORRECTION =
      """
      {"type":"marriage",
       "spouses":[{"personId":"0193a5b2-7c11-7d33-9a55-000000000008"},{"personId":"0193a5b2-7c11-7d33-9a55-000000000009"}],
       "circumstances":{"occurredOn":"2015-06-07","office":"vn-44-dong-ha","registrar":"registrar-7",
        "document":{"kind":"certificate","number":"55/2015"}}}
      """;

  static final String ANNULMENT =
      """
      {"reason":"The event belongs to another person.",
       "circumstances":{"occurredOn":"2025-11-11","office":"vn-44-dong-ha","registrar":"registrar-7",
        "document":{"kind":"court-decision","number":"99/2025"}}}
      """;

  static final String MARRIAGE_ANSWER =
      """
      {"id":"0193a5b2-7c11-7d33-9a55-0000000000e0","type":"marriage",
       "recordedAt":"2025-12-01T03:04:05.123456Z",
       "persons":[{"personId":"0193a5b2-7c11-7d33-9a55-000000000001","role":"spouse","version":2,"etag":"\\"0193a5b2-7c11-7d33-9a55-000000000001.2\\""},
        {"personId":"0193a5b2-7c11-7d33-9a55-000000000002","role":"spouse","version":2,"etag":"\\"0193a5b2-7c11-7d33-9a55-000000000002.2\\""}],
       "warnings":[]}
      """;

  private EventExamples() {}
}
