package org.mekong.registry.name;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameTextTest {

  @ParameterizedTest
  @ValueSource(strings = {"Nguyễn", "Thị Hoa", "O'Neil", "Jean-Luc", "Ma. Cristina", "A"})
  void takesLatinNames(String name) {
    assertEquals(Optional.empty(), NameText.inName(name, NameScript.LATIN));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ບົວວອນ", "ພົມມະຈັນ", "ຄຳຫຼ້າ", "ນ້ອຍ", "ຫຼວງອາໄພ", "ແກ້ວມະນີ"})
  void takesLaoNames(String name) {
    assertEquals(Optional.empty(), NameText.inName(name, NameScript.LAO));
  }

  @ParameterizedTest
  @CsvSource({
    "'',EMPTY",
    "'   ',EMPTY",
    "' Hoa',SPACING",
    "'Thị  Hoa',SPACING",
    "'Ho\u0000a',CONTROL",
    "'Ho\u202Ea',CONTROL",
    "'Ho\u200Ba',CONTROL",
    "'Ho\u2066a',CONTROL",
    "'Ho\ue000a',CONTROL",
    "'Ho\na',CONTROL",
    "'Z\u0300\u0301\u0302\u0303\u0304\u0305a',MARKS",
    "'Hoa😀',SCRIPT",
    "'Hoa1',SCRIPT",
    "'Ноа',SCRIPT",
    "'<b>Hoa',SCRIPT",
    "'...',SCRIPT",
    "'ບົວ',SCRIPT"
  })
  void refuses(String name, NameText.Fault fault) {
    assertEquals(Optional.of(fault), NameText.inName(name, NameScript.LATIN));
  }

  @Test
  void refusesLoneSurrogatesAndLongNames() {
    assertEquals(
        Optional.of(NameText.Fault.SURROGATE), NameText.inName("Ho\ud800a", NameScript.LATIN));
    assertEquals(
        Optional.of(NameText.Fault.TOO_LONG),
        NameText.inName("a".repeat(10_000), NameScript.LATIN));
    assertEquals(Optional.empty(), NameText.inName("a".repeat(100), NameScript.LATIN));
  }
}
