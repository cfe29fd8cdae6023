package org.mekong.registry.nation;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the rules of one nation are made of. Immutable.
 *
 * @param provinces today's provinces by code
 * @param registrationPlaces places of birth registration by code
 * @param marriageAgeMen lowest legal age of marriage in years
 * @param marriageAgeWomen lowest legal age of marriage in years
 * @param ethnicGroups how many groups the official list numbers, from 01
 * @param familyNameRequired whether everybody bears a family name
 * @param familyNameFirst the order in which a full name is written
 * @param officialScript ISO 15924 code of the script that the official name is kept in
 */
public record NationProfile(
    Nation nation,
    ZoneId zone,
    Map<String, Province> provinces,
    Map<String, RegistrationPlace> registrationPlaces,
    int marriageAgeMen,
    int marriageAgeWomen,
    int ethnicGroups,
    boolean familyNameRequired,
    boolean familyNameFirst,
    String officialScript) {

  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  public NationProfile {
    provinces = Map.copyOf(provinces);
    registrationPlaces = Map.copyOf(registrationPlaces);
  }

  /** The profile of a nation, from the data files that ship with the service. */
  public static NationProfile of(Nation nation) {
    return switch (nation) {
      case VN -> vietNam();
      case LA -> laos();
      case KH -> cambodia();
    };
  }

  /** Whether an ISO 3166-1 alpha-2 code is assigned. */
  public static boolean isCountry(String code) {
    return COUNTRIES.contains(code);
  }

  /** Whether a two-digit code stands on the nation's list of ethnic groups. */
  public boolean isEthnicGroup(String code) {
    if (!code.matches("[0-9]{2}")) {
      return false;
    }
    int number = Integer.parseInt(code);
    return number >= 1 && number <= ethnicGroups;
  }

  private static NationProfile vietNam() {
    List<Province> provinces =
        DataFile.rows("data/vn_provinces_34.csv").stream()
            .map(
                row ->
                    new Province(
                        row.get("gso_code"),
                        row.get("name"),
                        row.get("name_en"),
                        Long.parseLong(row.get("population"))))
            .toList();
    List<RegistrationPlace> places =
        DataFile.rows("data/vn_pid_province_codes.csv").stream()
            .map(
                row ->
                    new RegistrationPlace(
                        row.get("pid_code"),
                        row.get("pid_code"),
                        row.get("province_63"),
                        row.get("successor_gso_code_34")))
            .toList();
    return new NationProfile(
        Nation.VN,
        ZoneId.of("Asia/Ho_Chi_Minh"),
        byKey(provinces, Province::code),
        byKey(places, RegistrationPlace::code),
        20,
        18,
        54,
        true,
        true,
        "Latn");
  }

  private static NationProfile laos() {
    List<Map<String, String>> rows = DataFile.rows("data/la_provinces_18.csv");
    List<Province> provinces =
        rows.stream()
            .map(
                row ->
                    new Province(
                        row.get("iso_3166_2"),
                        row.get("name_lo"),
                        row.get("name_en"),
                        Long.parseLong(row.get("population_2015_census"))))
            .toList();
    List<RegistrationPlace> places =
        rows.stream()
            .map(
                row ->
                    new RegistrationPlace(
                        row.get("iso_3166_2"),
                        row.get("lsb_code"),
                        row.get("name_lo"),
                        row.get("iso_3166_2")))
            .toList();
    return new NationProfile(
        Nation.LA,
        ZoneId.of("Asia/Vientiane"),
        byKey(provinces, Province::code),
        byKey(places, RegistrationPlace::code),
        18,
        18,
        50,
        false,
        false,
        "Laoo");
  }

  /**
   * The provinces alone are Cambodia's; names are kept in Latin letters, because name keys do not
   * know the Khmer script yet.
   */
  private static NationProfile cambodia() {
    List<Map<String, String>> rows = DataFile.rows("data/kh_provinces_25.csv");
    List<Province> provinces =
        rows.stream()
            .map(
                row ->
                    new Province(row.get("iso_3166_2"), row.get("name_en"), row.get("name_en"), 1))
            .toList();
    List<RegistrationPlace> places =
        rows.stream()
            .map(
                row ->
                    new RegistrationPlace(
                        row.get("iso_3166_2"),
                        row.get("digits"),
                        row.get("name_en"),
                        row.get("iso_3166_2")))
            .toList();
    return new NationProfile(
        Nation.KH,
        ZoneId.of("Asia/Phnom_Penh"),
        byKey(provinces, Province::code),
        byKey(places, RegistrationPlace::code),
        18,
        18,
        0,
        false,
        true,
        "Latn");
  }

  private static <T> Map<String, T> byKey(List<T> values, Function<T, String> key) {
    return values.stream().collect(Collectors.toUnmodifiableMap(key, value -> value));
  }
}
