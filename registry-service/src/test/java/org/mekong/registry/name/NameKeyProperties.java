package org.mekong.registry.name;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

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
            "Ýên",
            "Ðức",
            "Quý",
            "Bounnhang",
            "Sonexay",
            "Иван",
            "阮")
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

  @Property(tries = 2000)
  void isItsOwnKeyWhateverTheLetters(@ForAll @AlphaChars @StringLength(max = 12) String letters) {
    assertEquals(NameKey.of(letters), NameKey.of(NameKey.of(letters)));
  }

  @Property(tries = 1000)
  void isItsOwnKeyForAnyLao(
      @ForAll @CharRange(from = '\u0E80', to = '\u0EDF') @StringLength(max = 20) String lao) {
    assertEquals(NameKey.of(lao), NameKey.of(NameKey.of(lao)));
  }

  @Property(tries = 500)
  void isTheSameForBothNormalForms(@ForAll String text) {
    assertEquals(
        NameKey.of(Normalizer.normalize(text, Normalizer.Form.NFC)),
        NameKey.of(Normalizer.normalize(text, Normalizer.Form.NFD)));
  }

  @Property(tries = 500)
  void neverFailsOnAnyText(@ForAll String text) {
    NameKey.of(text);
    NameKey.words(text).forEach(NameWord::prefixes);
  }

  @Property(tries = 300)
  void wordsThatAreEqualInOneStrengthAreEqualInTheNext(
      @ForAll("names") String one, @ForAll("names") String other) {
    for (NameWord a : NameKey.words(one)) {
      for (NameWord b : NameKey.words(other)) {
        assertTrue(!a.spelled().equals(b.spelled()) || a.plain().equals(b.plain()));
        assertTrue(!a.plain().equals(b.plain()) || a.key().equals(b.key()));
        assertTrue(!a.key().equals(b.key()) || a.sound().equals(b.sound()));
      }
    }
  }

  @Example
  void takesHostileTexts() {
    for (String part :
        List.of(
            "a",
            "ế",
            "Z\u0300\u0301\u0302",
            "ກວ",
            "ອ",
            "ໂ",
            "\u0ECC",
            "阮",
            "\ud800",
            "\u0000",
            "\u202e",
            "😀",
            "nh",
            "a ",
            "한",
            "a\u200b",
            "👨‍👩‍👧")) {
      String text = part.repeat(10_000 / part.length());
      assertTrue(NameKey.of(text).length() <= 12_000);
      NameKey.words(text).forEach(NameWord::prefixes);
    }
    assertEquals(NameKey.of("Hoa"), NameKey.of("\u202eHo\u200ba\u0000"));
    assertEquals(NameKey.of("Hoa"), NameKey.of("Ho\u0334\u0335\u0336\u0337a\u0489"));
    assertEquals("", NameKey.of("\ud800…\udc00😀"));
  }
}
