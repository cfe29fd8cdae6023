package org.mekong.registry.bulk.row;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mekong.registry.problem.Violation;

class HeaderTest {

  private static List<String> faults(String line) {
    List<Violation> faults = new ArrayList<>();
    Header.read(line.getBytes(StandardCharsets.UTF_8), faults);
    return faults.stream().map(fault -> fault.field() + " " + fault.rule()).toList();
  }

  @Test
  void namesWhatIsMissingTwiceAndUnknown() {
    assertEquals(
        List.of(),
        faults("Given_Name, sex ,date_of_birth,place_of_birth_registration,family_name"));
    assertEquals(
        List.of("column 2 known-column", "sex unique", "given_name required"),
        faults("sex,gender,sex,date_of_birth,place_of_birth_registration"));
    assertEquals(List.of("header columns"), faults("sex,".repeat(300)).subList(0, 1));
  }

  @Test
  void doesNotRepeatWhatMayBeSomebodysData() {
    List<Violation> faults = new ArrayList<>();
    Header.read("Nguyễn,Hoa,1999-03-08,2,045".getBytes(StandardCharsets.UTF_8), faults);
    assertFalse(faults.toString().contains("Hoa"), faults.toString());
    assertFalse(faults.toString().contains("1999"), faults.toString());
  }
}
