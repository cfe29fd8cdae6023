package org.mekong.benchmarks.register;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Makes a CSV file of families of four, seeded. */
final class PersonFile {

  private static final String[] FAMILY = {
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ"
  };
  private static final String[] MIDDLE = {"Văn", "Thị", "Đức", "Minh", "Ngọc", "Hữu", "Quang"};
  private static final String[] GIVEN = {
    "An", "Bình", "Châu", "Dũng", "Giang", "Hà", "Hoa", "Hùng", "Khánh", "Lan", "Linh", "Mai",
    "Minh", "Nam", "Nga", "Phúc", "Quân", "Sơn", "Thảo", "Trang", "Tuấn", "Vinh", "Xuân", "Yến"
  };
  private static final String[] PLACES = {"001", "045", "046", "048", "079"};

  private final Random random;
  private final boolean byReference;
  private long number;

  private PersonFile(long seed, boolean byReference) {
    this.random = new Random(seed);
    this.byReference = byReference;
    this.number = 100_000_000 * (1 + seed % 8);
  }

  /**
   * Writes a file.
   *
   * @param byReference whether children name their parents as rows of the file, or by name
   */
  static void write(Path file, int persons, long seed, boolean byReference) throws IOException {
    PersonFile of = new PersonFile(seed, byReference);
    try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      out.write(
          "ref,family_name,middle_name,given_name,date_of_birth,sex,place_of_birth_registration,"
              + "marital_status,ethnicity,permanent_province,permanent_address,household,"
              + "relation_to_head,father_ref,mother_ref,father_name,mother_name,spouse_name,"
              + "earlier_numbers\n");
      for (int written = 0; written < persons; written += 4) {
        of.family(out, seed + "-" + written / 4);
      }
    }
  }

  private void family(Writer out, String home) throws IOException {
    String family = any(FAMILY);
    String place = any(PLACES);
    int born = 1950 + random.nextInt(30);
    String father = family + "," + any(MIDDLE) + "," + any(GIVEN);
    String mother = any(FAMILY) + ",Thị," + any(GIVEN);
    String fatherName = father.replace(',', ' ');
    String motherName = mother.replace(',', ' ');
    String address = "\"" + (1 + random.nextInt(300)) + " Hùng Vương, khu phố " + home + "\"";
    String tail = ",44," + address + "," + home + ",";
    String marriage = ",married,01";
    row(
        out,
        ref(home, "f")
            + father
            + day(born)
            + ",1,"
            + place
            + marriage
            + tail
            + "head,,,,,"
            + motherName
            + ","
            + number++);
    row(
        out,
        ref(home, "m")
            + mother
            + day(born + 2)
            + ",2,"
            + place
            + marriage
            + tail
            + "spouse,,,,,"
            + fatherName
            + ","
            + number++);
    for (int child = 0; child < 2; child++) {
      String parents =
          byReference ? home + "f," + home + "m,,,," : ",," + fatherName + "," + motherName + ",,";
      row(
          out,
          ref(home, "c" + child)
              + family
              + ","
              + any(MIDDLE)
              + ","
              + any(GIVEN)
              + day(born + 25 + 3 * child)
              + ","
              + (1 + random.nextInt(2))
              + ","
              + place
              + ",single,01"
              + tail
              + "child,"
              + parents);
    }
  }

  private String ref(String home, String who) {
    return byReference ? home + who + "," : ",";
  }

  private static void row(Writer out, String row) throws IOException {
    out.write(row);
    out.write('\n');
  }

  private String day(int year) {
    return ",%d-%02d-%02d".formatted(year, 1 + random.nextInt(12), 1 + random.nextInt(28));
  }

  private String any(String[] of) {
    return of[random.nextInt(of.length)];
  }
}
