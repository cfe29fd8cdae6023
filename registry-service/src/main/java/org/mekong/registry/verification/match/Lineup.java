package org.mekong.registry.verification.match;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.mekong.registry.name.NameKey;
import org.mekong.registry.name.NameWord;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.search.SearchConfig;
import org.mekong.registry.search.index.CommonWords;
import org.mekong.registry.search.index.Hit;
import org.mekong.registry.search.index.IndexScan;
import org.mekong.registry.search.index.Narrowing;

/**
 * Those who may be meant: who has the date of birth and sounds like one word of the name at least,
 * and who was born about that year and sounds like its rarest word. So a slip in one of the two
 * does not hide anybody.
 */
@ApplicationScoped
class Lineup {

  /** Whoever comes after so many has less in common with what is known than all of them. */
  private static final int MOST = 100;

  private static final int LAST_DAY = 31;

  private final IndexScan index;
  private final CommonWords common;
  private final SearchConfig config;

  Lineup(IndexScan index, CommonWords common, SearchConfig config) {
    this.index = index;
    this.common = common;
    this.config = config;
  }

  /**
   * Who may be meant.
   *
   * @param complete whether nobody was left out because there are too many
   */
  record Of(Set<UUID> persons, boolean complete) {}

  Of of(Connection transaction, Known known) throws SQLException {
    List<String> words = new ArrayList<>(words(known));
    Map<String, Double> shares = new HashMap<>();
    for (String word : words) {
      shares.put(word, common.share(transaction, Set.of(word)));
    }
    words.sort(Comparator.comparing(shares::get));
    PartialDate birth = known.dateOfBirth();
    Narrowing day = new Narrowing(List.of(birth.year()), days(birth), null, List.of());
    Optional<List<Hit>> born = index.hits(transaction, words, day, config.mostRows());
    for (int i = 0; born.isEmpty() && i < words.size(); i++) {
      born = index.hits(transaction, Set.of(words.get(i)), day, config.mostRows());
    }
    List<Hit> hits = new ArrayList<>(born.orElse(List.of()));
    Narrowing years =
        new Narrowing(
            List.of(birth.year() - 1, birth.year(), birth.year() + 1), List.of(), null, List.of());
    index
        .hits(transaction, Set.of(words.getFirst()), years, config.mostRows())
        .ifPresent(hits::addAll);
    return new Of(first(hits, words, day), born.isPresent());
  }

  /** Those who have most in common with what is known. */
  private static Set<UUID> first(List<Hit> hits, List<String> words, Narrowing day) {
    Map<UUID, Integer> common = new HashMap<>();
    for (Hit hit : hits) {
      Set<String> shared = new HashSet<>(words(hit.names()));
      shared.retainAll(words);
      boolean sameDay =
          day.birthYears().contains(hit.birthYear())
              && (day.birthDays().isEmpty() || day.birthDays().contains(hit.birthDay()));
      common.merge(hit.personId(), 2 * shared.size() + (sameDay ? 3 : 0), Math::max);
    }
    Set<UUID> first = new LinkedHashSet<>();
    common.entrySet().stream()
        .sorted(Map.Entry.<UUID, Integer>comparingByValue().reversed())
        .limit(MOST)
        .forEach(each -> first.add(each.getKey()));
    return first;
  }

  private static Set<String> words(Known known) {
    return words(known.name().full(true));
  }

  private static Set<String> words(String name) {
    Set<String> words = new LinkedHashSet<>();
    for (NameWord word : NameKey.words(name)) {
      words.add(IndexScan.word(word.sound()));
    }
    return words;
  }

  /** The day, the same with month and day swapped, and what the register knows in part. */
  private static List<Integer> days(PartialDate birth) {
    Integer month = birth.month();
    Integer day = birth.day();
    if (month == null) {
      return List.of();
    }
    if (day == null) {
      return IntStream.concat(
              IntStream.of(0), IntStream.rangeClosed(month * 100, month * 100 + LAST_DAY))
          .boxed()
          .toList();
    }
    return List.of(month * 100 + day, day * 100 + month, month * 100, 0);
  }
}
