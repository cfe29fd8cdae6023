package org.mekong.registry.statistics.publication;

/** What the OpenAPI file tells of statistics, and shows. */
final class StatisticsExamples {

  private static final String ALL =
      " Every figure is rounded to a multiple of 5 and is less than 5 away from the truth; every"
          + " total is the sum of the rounded figures that it is the total of. Nothing changes"
          + " between two releases, the first day of each month.";

  static final String ABOUT_POPULATION =
      "Persons alive, or missing, whose permanent residence is in the province as the reference"
          + " day begins. Who turns an age on the day has it; a date of birth that is known in part"
          + " counts as the middle of what is known."
          + ALL;
  static final String ABOUT_BIRTHS =
      "Live births by the usual residence of the child: where its permanent residence is, or where"
          + " the birth was registered when none was declared. By month of occurrence those that"
          + " were registered within 365 days; by month of registration all. The latest months of"
          + " occurrence still grow with each release."
          + ALL;
  static final String ABOUT_DEATHS =
      "Deaths by the permanent residence of the deceased; elsewhere, when it was in no province. By"
          + " month of occurrence those that were registered within 365 days; by month of"
          + " registration all. A death declared of somebody who enters the register is none."
          + ALL;
  static final String ABOUT_MARRIAGES =
      "Marriages and divorces by the province in which they took place; elsewhere, when none is"
          + " stated. A marriage that was annulled as an entry is none, a marriage that a court"
          + " declared void is one."
          + ALL;
  static final String ABOUT_MIGRATION =
      "Changes of the permanent residence from one province to another, or to and from elsewhere:"
          + " abroad, or not stated. In the row of all provinces fromProvinces and toProvinces are"
          + " both the moves between provinces."
          + ALL;
  static final String ABOUT_FLOWS =
      "Changes of the permanent residence; with province, those to or from it. A flow that is not"
          + " listed is published as 0. At most 24 months."
          + ALL;
  static final String ABOUT_TIMELINESS =
      "Events by the days that had passed since they happened: none, up to 30, 90, 365, or more;"
          + " unknown, where the day is not known. A correction does not change when an event was"
          + " registered."
          + ALL;

  private static final String OF_THE_NATION =
      """
      ,"nation":"VN","release":"2026-01","releasedAt":"2025-12-31T17:00:20Z","roundedTo":5,
       "provinces":[],"rows":[""";

  static final String POPULATION =
      """
      {"statistic":"population","nation":"VN","release":"2026-01",
       "releasedAt":"2025-12-31T17:00:20Z","roundedTo":5,
       "provinces":[{"code":"44","name":"Tỉnh Quảng Trị","englishName":"Quang Tri Province"}],
       "rows":[
        {"day":"2026-01-01","province":"44","sex":"male","ageGroup":"0-4","persons":72415},
        {"day":"2026-01-01","province":"44","sex":"male","ageGroup":"100+","persons":35},
        {"day":"2026-01-01","province":"44","sex":"male","ageGroup":"total","persons":927105}]}""";
  static final String POPULATION_CSV =
      """
      day,province,sex,ageGroup,persons
      2026-01-01,44,male,0-4,72415
      2026-01-01,44,male,100+,35
      2026-01-01,44,male,total,927105
      """;
  static final String BIRTHS =
      "{\"statistic\":\"births\""
          + OF_THE_NATION
          + """
          {"month":"2024-01","province":"total","sex":"total","births":114905}]}""";
  static final String DEATHS =
      "{\"statistic\":\"deaths\""
          + OF_THE_NATION
          + """
          {"month":"2024-01","province":"total","sex":"total","deaths":52310}]}""";
  static final String MARRIAGES =
      "{\"statistic\":\"marriages\""
          + OF_THE_NATION
          + """
          {"month":"2024-01","province":"total","marriages":61045,"divorces":2580}]}""";
  static final String MIGRATION =
      "{\"statistic\":\"migration\""
          + OF_THE_NATION
          + """
          {"month":"2024-01","province":"total","sex":"total","fromProvinces":81230,
           "toProvinces":81230,"fromElsewhere":1405,"toElsewhere":2110,"net":-705}]}""";
  static final String FLOWS =
      """
      {"statistic":"migration-flows","nation":"VN","release":"2026-01",
       "releasedAt":"2025-12-31T17:00:20Z","roundedTo":5,
       "provinces":[{"code":"44","name":"Tỉnh Quảng Trị","englishName":"Quang Tri Province"}],
       "rows":[{"month":"2024-01","from":"44","to":"48","sex":"total","persons":240}]}""";
  static final String TIMELINESS =
      "{\"statistic\":\"timeliness\""
          + OF_THE_NATION
          + """
          {"month":"2024-01","province":"total","event":"death","sameDay":5120,
           "within30Days":38450,"within90Days":5905,"within365Days":2015,"later":815,"unknown":5,
           "total":52310}]}""";

  private StatisticsExamples() {}
}
