package org.mekong.registry.name;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class NameKeyProperties {

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of(
            "Nguyễn",
            "Trần",
            "Hoàng",
            "Huỳnh",
            "Vũ",
            "Võ",
            "Đặng",
            "Thị",
            "Hòa",
            "Hoà",
            "Thuỷ",
            "Lý",
            "Li",
            "Đức",
            "ບົວວອນ",
            "ພົມມະຈັນ",
            "ຄຳຫຼ້າ",
            "Phommachanh",
            "O'Neil",
            "Ýên")
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(words -> String.join(" ", words));
  }

  @Property(tries = 300)
  void isTheSameForEveryWordOrderCaseAndNormalForm(@ForAll("names") String name) {
    String key = NameKey.of(name);
    List<String> words = Arrays.asList(name.split(" "));
    Collections.reverse(words);

    assertEquals(key, NameKey.of(String.join("  ", words)));
    assertEquals(key, NameKey.of(Normalizer.normalize(name, Normalizer.Form.NFD)));
    assertEquals(key, NameKey.of(Normalizer.normalize(name, Normalizer.Form.NFC)));
    assertEquals(key, NameKey.of(name.toUpperCase(Locale.ROOT)));
  }

  @Property(tries = 300)
  void isItsOwnKey(@ForAll("names") String name) {
    assertEquals(NameKey.of(name), NameKey.of(NameKey.of(name)));
  }

  @Property(tries = 300)
  void neverFailsOnAnyText(@ForAll String text) {
    NameKey.of(text);
  }

  @Example
  void findsSpellingsOfOneNameAndKeepsOthersApart() {
    assertEquals(NameKey.of("Nguyễn Thị Hòa"), NameKey.of("nguyen thi hoa"));
    assertEquals(NameKey.of("Hòa"), NameKey.of("Hoà"));
    assertEquals(NameKey.of("Hoàng Văn Đức"), NameKey.of("Duc Huynh Van"));
    assertEquals(NameKey.of("Vũ Lý"), NameKey.of("Võ Li"));
    assertEquals(NameKey.of("ຄຳຫຼ້າ"), NameKey.of("ຄຳຫຼາ"));
    assertNotEquals(NameKey.of("ບົວ"), NameKey.of("ບວ"));
    assertNotEquals(NameKey.of("Nguyễn An"), NameKey.of("Nguyễn Anh"));
    assertEquals("", NameKey.of("…"));
  }
}
