package org.mekong.registry.name;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mekong.registry.nation.DataFile;

/** The evidence on which the rules of the normaliser stand. */
class NameSpellingsTest {

  static Stream<String> oneName() {
    return DataFile.rows("names/one_name.csv").stream().map(row -> row.get("spellings"));
  }

  static Stream<String> otherNames() {
    return DataFile.rows("names/other_names.csv").stream().map(row -> row.get("names"));
  }

  static Stream<Map<String, String>> laoNames() {
    return DataFile.rows("data/lao_names.csv").stream();
  }

  @ParameterizedTest
  @MethodSource("oneName")
  void spellingsOfOneNameHaveOneKey(String spellings) {
    List<String> names = Arrays.asList(spellings.split("\\|", -1));

    assertEquals(
        Set.of(NameKey.of(names.getFirst())),
        names.stream().map(NameKey::of).collect(Collectors.toSet()));
    assertTrue(names.size() > 1);
  }

  @ParameterizedTest
  @MethodSource("otherNames")
  void otherNamesHaveOtherKeys(String others) {
    List<String> names = Arrays.asList(others.split("\\|", -1));
    Set<String> keys = names.stream().map(NameKey::of).collect(Collectors.toSet());

    assertEquals(names.size(), keys.size(), () -> names + " have the keys " + keys);
  }

  @ParameterizedTest
  @MethodSource("laoNames")
  void lettersOfBothScriptsMeetInTheNamesThatShip(Map<String, String> row) {
    List<String> spellings = new ArrayList<>(List.of(row.get("lao"), row.get("latin")));
    if (!row.get("variants").isEmpty()) {
      spellings.addAll(Arrays.asList(row.get("variants").split("\\|", -1)));
    }

    assertEquals(
        Set.of(NameKey.of(row.get("lao"))),
        spellings.stream().map(NameKey::of).collect(Collectors.toSet()));
  }

  @Test
  void theNamesThatShipKeepTheirKeysApart() {
    Set<String> lao =
        laoNames()
            .filter(row -> row.get("kind").equals("given"))
            .map(row -> NameKey.of(row.get("lao")))
            .collect(Collectors.toSet());
    assertEquals(laoNames().filter(row -> row.get("kind").equals("given")).count(), lao.size());

    List<String> families = new ArrayList<>();
    Stream.of("data/vn_family_names.csv", "data/vn_rarer_family_names.csv")
        .flatMap(file -> DataFile.rows(file).stream())
        .forEach(row -> families.add(row.get("name")));
    Set<String> keys = families.stream().map(NameKey::of).collect(Collectors.toSet());
    assertFalse(keys.contains(""));
    // Huỳnh is Hoàng, Võ is Vũ, and Doãn differs from Đoàn in its marks alone
    assertEquals(new HashSet<>(families).size() - 3, keys.size());
  }

  @ParameterizedTest
  @CsvSource({
    "Hòa,Hoà,true,true,true,true",
    "Hòa,Hoa,false,true,true,true",
    "Huỳnh,Hoàng,false,false,true,true",
    "Lý,Lí,false,false,true,true",
    "Anh,An,false,false,false,true",
    "Xinh,Sinh,false,false,false,true",
    "Châu,Chu,false,false,false,true",
    "ບຸນມີ,Bounmy,false,false,true,true",
    "ຄຳຫຼ້າ,ຄຳຫຼາ,false,true,true,true",
    "ຄຳຫຼ້າ,ຄຳຫລ້າ,false,true,true,true",
    "Viengkham,Viangkham,false,false,false,true",
    "ຈັນ,Chanh,false,false,false,true",
    "ໄຊ,Xay,false,false,false,true",
    "Bounyang,Bounhang,false,false,false,true",
    "Nam,Nga,false,false,false,false",
  })
  void wordsMeetInTheStrengthTheyMay(
      String one, String other, boolean spelled, boolean plain, boolean key, boolean sound) {
    NameWord first = NameKey.words(one).getFirst();
    NameWord second = NameKey.words(other).getFirst();

    assertEquals(spelled, first.spelled().equals(second.spelled()));
    assertEquals(plain, first.plain().equals(second.plain()));
    assertEquals(key, first.key().equals(second.key()));
    assertEquals(sound, first.sound().equals(second.sound()));
  }

  @ParameterizedTest
  @CsvSource({
    "Phomma,Phommachanh",
    "Phom,ພົມມະຈັນ",
    "Xay,Xayyavong",
    "Souksav,Souksavanh",
    "Nguy,Nguyễn",
    "Khamph,ຄຳຜຸຍ",
    "ພົມ,Phommachanh",
    "Bounn,Bounnhang",
    "Vilay,Vilayphone",
    "Ph,Phương",
    "Phu,Phương"
  })
  void aPartLeadsToTheWord(String part, String word) {
    String sound = NameKey.words(word).getFirst().sound();
    Set<String> prefixes = NameKey.words(part).getFirst().prefixes();

    assertTrue(prefixes.stream().anyMatch(sound::startsWith), () -> prefixes + " not of " + sound);
  }
}
