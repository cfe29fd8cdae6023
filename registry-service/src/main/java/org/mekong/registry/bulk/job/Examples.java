package org.mekong.registry.bulk.job;

/** Documented requests and answers. */
final class Examples {

  static final String CSV =
      """
      ref,family_name,middle_name,given_name,date_of_birth,sex,place_of_birth_registration,marital_status,permanent_province,permanent_address,household,relation_to_head,father_ref,earlier_numbers
      p1,Nguyễn,Văn,Bình,1970-05-02,1,045,married,44,"12 Hùng Vương, Đông Hà",h1,head,,
      p2,Nguyễn,Thị,Hoa,1999-03-08,2,045,single,44,"12 Hùng Vương, Đông Hà",h1,child,p1,
      """;

  static final String NDJSON =
      """
      {"names":[{"family":"Trần","given":"Minh"}],"dateOfBirth":"1984-11","sex":1,"placeOfBirthRegistration":"045"}
      """;

  private static final String OF =
      """
      "format":"csv","dryRun":false,"onProblem":"continue","bytes":183500800,"rows":1000000,
      """;

  static final String TAKEN =
      """
      {"id":"019b76da-a800-7000-8000-000000000001","state":"uploaded","phase":"store",
       """
          + OF
          + """
             "read":0,"accepted":0,"refused":0,"createdAt":"2026-11-22T04:50:00Z","seconds":0.1,
             "problems":"/admin/v1/imports/019b76da-a800-7000-8000-000000000001/problems"}
            """;

  static final String RUNNING =
      """
      {"id":"019b76da-a800-7000-8000-000000000001","state":"running","phase":"store",
       """
          + OF
          + """
             "read":420000,"accepted":419900,"refused":100,"rate":11200,"remainingSeconds":52,
             "createdAt":"2026-11-22T04:50:00Z","seconds":37.5,
             "problems":"/admin/v1/imports/019b76da-a800-7000-8000-000000000001/problems"}
            """;

  static final String CANCELLED =
      """
      {"id":"019b76da-a800-7000-8000-000000000001","state":"cancelled","phase":"store",
       """
          + OF
          + """
             "read":420000,"accepted":419900,"refused":100,"rate":11100,
             "createdAt":"2026-11-22T04:50:00Z","seconds":37.8,
             "problems":"/admin/v1/imports/019b76da-a800-7000-8000-000000000001/problems"}
            """;

  static final String PAGE =
      "{\"imports\":[" + RUNNING + "],\"cursor\":\"AZt22qgAcACAAAAAAAAAAQ\"}";

  static final String PROBLEMS_CSV =
      """
      row,field,rule,detail
      17,date_of_birth,date,is no date of the calendar
      40,earlier_numbers,number-free,is somebody else's
      """;

  static final String PROBLEMS_NDJSON =
      """
      {"row":17,"field":"dateOfBirth","rule":"date","detail":"is no date of the calendar"}
      """;

  private Examples() {}
}
