package org.mekong.registry.search.index;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.name.NameKey;
import org.mekong.registry.name.NameText;
import org.mekong.registry.name.NameWord;
import org.mekong.registry.name.PersonName;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.residence.Residence;

/**
 * A row of the index.
 *
 * @param word sound of a word, or one of the words that begin with {@code =}
 * @param birthDay month and day as {@code month * 100 + day}, with 0 for what is not known
 * @param province empty where it is not known
 * @param name the names that a search compares with, parted by {@code |}
 */
record Row(
    String word,
    int birthYear,
    String province,
    int birthDay,
    int sex,
    UUID personId,
    boolean former,
    boolean withheld,
    String name) {

  /** The word under which everybody stands. */
  static final String EVERYBODY = "=person";

  private static final int LONGEST_WORD = 100;

  /** The rows of a person: one for each sound of a word, whatever scripts the names are in. */
  static List<Row> of(Listing listing) {
    List<Row> rows = new ArrayList<>();
    String borne = written(listing.names());
    String province = orEmpty(listing.province());
    rows.add(row(listing, EVERYBODY, province, false, borne));
    for (String sound : sounds(listing.names())) {
      rows.add(row(listing, sound, province, false, borne));
    }
    if (!listing.formerNames().isEmpty()) {
      String formerly = written(listing.formerNames());
      for (String sound : sounds(listing.formerNames())) {
        rows.add(row(listing, sound, province, true, formerly));
      }
    }
    addResidence(listing, Residence.Kind.TEMPORARY, listing.temporary(), borne, rows);
    addResidence(listing, Residence.Kind.CURRENT_ABODE, listing.abode(), borne, rows);
    return rows;
  }

  /** The word under which everybody with a residence of a kind stands. */
  static String word(Residence.Kind kind) {
    return kind == Residence.Kind.PERMANENT ? EVERYBODY : "=" + kind.code();
  }

  /** Month and day as the index keeps them. */
  static int day(PartialDate date) {
    Integer month = date.month();
    Integer day = date.day();
    return (month == null ? 0 : month * 100) + (day == null ? 0 : day);
  }

  /** The columns, in the order of {@link NameIndex}. */
  @Nullable Object[] values() {
    return new @Nullable Object[] {
      word, birthYear, province, birthDay, sex, personId, former, withheld, name
    };
  }

  private static Row row(Listing of, String word, String province, boolean former, String name) {
    return new Row(
        word,
        of.dateOfBirth().year(),
        province,
        day(of.dateOfBirth()),
        of.sex().code(),
        of.personId(),
        former,
        of.withheld(),
        name);
  }

  private static void addResidence(
      Listing of, Residence.Kind kind, @Nullable String province, String name, List<Row> rows) {
    if (province != null) {
      rows.add(row(of, word(kind), province, false, name));
    }
  }

  private static Set<String> sounds(List<PersonName> names) {
    Set<String> sounds = new LinkedHashSet<>();
    for (PersonName name : names) {
      for (NameWord word : NameKey.words(name.full(true))) {
        sounds.add(cut(word.sound()));
      }
    }
    return sounds;
  }

  /** Words longer than any name are found by their beginning, and compared in full. */
  static String cut(String sound) {
    return sound.length() > LONGEST_WORD ? sound.substring(0, LONGEST_WORD) : sound;
  }

  private static String written(List<PersonName> names) {
    return names.stream()
        .map(name -> NameText.canonical(name.full(true)).toLowerCase(Locale.ROOT))
        .distinct()
        .collect(Collectors.joining("|"));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
