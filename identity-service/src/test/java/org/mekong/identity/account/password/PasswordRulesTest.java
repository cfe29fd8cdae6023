package org.mekong.identity.account.password;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which passwords are refused, and by which rule. */
class PasswordRulesTest {
  private static final List<String> KNOWN =
      List.of("Trần Thị Thảo", "thao.tran", "045199000123", "vn-quang-tri-registry");

  @Test
  void refusesShortAndLong() {
    refused(PasswordRefused.Rule.LENGTH, "");
    refused(PasswordRefused.Rule.LENGTH, "k3#vQz9!x");
    refused(PasswordRefused.Rule.LENGTH, "🐘🦏🐃🐒🐅🦚🐍🐢🦎");
    refused(PasswordRefused.Rule.LENGTH, "x7Kq".repeat(33));
  }

  @Test
  void refusesWhatCannotBeTyped() {
    refused(PasswordRefused.Rule.CHARACTERS, "k3#vQz9!x\u0000yz");
    refused(PasswordRefused.Rule.CHARACTERS, "k3#vQz9!x\nyzuvw");
    refused(PasswordRefused.Rule.CHARACTERS, "k3#vQz9!x\ud800yz");
  }

  @ParameterizedTest
  @ValueSource(strings = {"aaaaaaaaaaaa", "ababababcdcd", "defghijklmn", "srqponmlkji"})
  void refusesRunsAndRepetitions(String password) {
    refused(PasswordRefused.Rule.TOO_EVEN, password);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Password2026",
        "P@ssw0rd2026!",
        "password123456",
        "qwertyuiop1",
        "1q2w3e4r5t6",
        "AnhYêuEm1990",
        "mật khẩu của tôi",
        "matkhau@1990",
        "HaNoi-2026-!!",
        "vientiane2026",
        "!!sabaidee!!99",
        "anhyeuemnhieulam",
        "dragonmonkey7"
      })
  void refusesWhatManyUse(String password) {
    refused(PasswordRefused.Rule.COMMON, password.replace(" ", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "xx-045199000123-q",
        "Thảo?wedding?list",
        "my.tran.wordlist.7",
        "registry/of/stones"
      })
  void refusesWhatIsKnownOfItsOwner(String password) {
    refused(PasswordRefused.Rule.OWN, password);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "correct horse battery staple",
        "Nắng sớm trên bến cũ",
        "ດອກໄມ້ບານຕອນເຊົ້າ",
        "k3#vQz9!xW",
        "2 con trâu, 7 cây mít"
      })
  void takesWhatIsLongAndItsOwners(String password) {
    assertDoesNotThrow(() -> PasswordRules.check(password, KNOWN));
  }

  @Test
  void aHashFitsItsPasswordInEitherFormOfUnicodeAndNoOther() {
    Argon2id.Hash hash = Argon2id.of("Nắng sớm trên bến cũ");
    assertTrue(
        Argon2id.matches(
            hash,
            java.text.Normalizer.normalize("Nắng sớm trên bến cũ", java.text.Normalizer.Form.NFD)));
    assertFalse(Argon2id.matches(hash, "Nắng sớm trên bến cu"));
    assertFalse(Argon2id.matches(hash, ""));
    assertFalse(java.util.Arrays.equals(hash.salt(), Argon2id.of("Nắng sớm trên bến cũ").salt()));
    assertEquals("Hash", hash.toString());
  }

  private static void refused(PasswordRefused.Rule rule, String password) {
    PasswordRefused refusal =
        assertThrows(PasswordRefused.class, () -> PasswordRules.check(password, KNOWN));
    assertEquals(rule, refusal.rule());
    assertFalse(!password.isEmpty() && refusal.getMessage().contains(password));
  }
}
