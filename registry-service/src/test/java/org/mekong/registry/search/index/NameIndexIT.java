package org.mekong.registry.search.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.mekong.registry.name.NameScript;
import org.mekong.registry.name.PersonName;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.Sex;
import org.mekong.registry.testing.RegistryNode;
import org.postgresql.PGConnection;

@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class NameIndexIT {

  private static final Narrowing ANY = new Narrowing(List.of(1946), List.of(), null, List.of());

  @Inject DataSource database;
  @Inject NameIndex index;
  @Inject IndexScan scan;
  @Inject IndexFill fill;

  @Test
  void replacesAPersonsRowsAndTakesThemOut() throws Exception {
    UUID id = UUID.randomUUID();
    inTransaction(
        transaction -> {
          index.replace(transaction, id, listing(id, "Khúc", "Hạo", "01", false));
          assertEquals(1, hits(transaction, "khuc", ANY).size());
          index.replace(transaction, id, listing(id, "Khúc", "Thừa", "44", false));
          assertEquals(1, hits(transaction, "khuc", ANY).size());
          assertEquals(0, hits(transaction, "hao", ANY).size());
          assertEquals(1, hits(transaction, "thua", at("44")).size());
          assertEquals(0, hits(transaction, "thua", at("01")).size());
          index.replace(transaction, id, listing(id, "Khúc", "Thừa", "44", true));
          assertEquals(0, hits(transaction, "khuc", ANY).size(), "withheld");
          index.replace(transaction, id, null);
          assertEquals(List.of(), rows(transaction, id));
        });
  }

  @Test
  void keepsFormerNamesFindableAndMarked() throws Exception {
    UUID id = UUID.randomUUID();
    Listing renamed =
        new Listing(
            id,
            List.of(name("Khúc", "Mới")),
            List.of(name("Khúc", "Xưa")),
            PartialDate.parse("1946-02").orElseThrow(),
            Sex.MALE,
            null,
            null,
            null,
            false);
    inTransaction(
        transaction -> {
          index.replace(transaction, id, renamed);
          Hit former = hits(transaction, "sua", ANY).getFirst();
          assertTrue(former.former());
          assertEquals("khúc xưa", former.names());
          assertEquals(200, former.birthDay());
          assertFalse(hits(transaction, "moi", ANY).getFirst().former());
          assertEquals(2, hits(transaction, "khuc", ANY).size());
        });
  }

  @Test
  void aBulkLoadMakesTheSameRows() throws Exception {
    UUID id = UUID.randomUUID();
    Listing listing = listing(id, "Khúc", "Hạo", "01", false);
    inTransaction(
        transaction -> {
          index.replace(transaction, id, listing);
          List<String> written = rows(transaction, id);
          index.replace(transaction, id, null);
          String text =
              NameIndex.rows(listing).stream()
                  .map(
                      row ->
                          Arrays.stream(row).map(String::valueOf).collect(Collectors.joining("\t")))
                  .collect(Collectors.joining("\n", "", "\n"));
          NameIndex.load(
              transaction,
              () ->
                  transaction
                      .unwrap(PGConnection.class)
                      .getCopyAPI()
                      .copyIn(NameIndex.COPY, new StringReader(text)));
          assertEquals(written, rows(transaction, id));
          assertEquals(1, hits(transaction, "khuc", at("01")).size());
        });
  }

  @Test
  void readsNoMoreThanItMay() throws Exception {
    inTransaction(
        transaction -> {
          for (int i = 0; i < 4; i++) {
            UUID id = UUID.randomUUID();
            index.replace(transaction, id, listing(id, "Khúc", "Hạo", "01", false));
          }
          assertEquals(4, scan.hits(transaction, Set.of("khuc"), ANY, 4).orElseThrow().size());
          assertTrue(scan.hits(transaction, Set.of("khuc"), ANY, 3).isEmpty());
          Set<String> longer = scan.longer(transaction, Set.of("khu"), 64).orElseThrow();
          assertTrue(longer.contains("khuc"));
          assertTrue(longer.stream().allMatch(word -> word.startsWith("khu")));
          assertTrue(scan.longer(transaction, Set.of(""), 1).isEmpty());
        });
  }

  @Test
  void fillsAnIndexThatOtherRulesFilled() throws Exception {
    List<String> before;
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      before = texts(statement, "select count(*) from person where merged_into is null");
      statement.execute("update name_index_state set rules = 0");
      statement.execute("delete from name_index");
      fill.fill();
      assertEquals(
          before,
          texts(
              statement,
              "select count(distinct person_id) from name_index where word = '=person'"));
      statement.execute("delete from name_index where birth_year < 0");
      fill.fill(); // and not again
    }
  }

  private interface Work {
    void run(Connection transaction) throws Exception;
  }

  private void inTransaction(Work work) throws Exception {
    try (Connection transaction = database.getConnection()) {
      transaction.setAutoCommit(false);
      try {
        work.run(transaction);
      } finally {
        transaction.rollback();
      }
    }
  }

  private List<Hit> hits(Connection transaction, String word, Narrowing by) throws SQLException {
    return scan.hits(transaction, Set.of(word), by, 100).orElseThrow();
  }

  private static Narrowing at(String province) {
    return new Narrowing(List.of(), List.of(), province, List.of(1));
  }

  private static Listing listing(
      UUID id, String family, String given, String province, boolean withheld) {
    return new Listing(
        id,
        List.of(name(family, given)),
        List.of(),
        PartialDate.parse("1946-05-17").orElseThrow(),
        Sex.MALE,
        province,
        null,
        null,
        withheld);
  }

  private static PersonName name(String family, String given) {
    return new PersonName(PersonName.Kind.OFFICIAL, NameScript.LATIN, family, null, given);
  }

  private static List<String> rows(Connection transaction, UUID id) throws SQLException {
    try (Statement statement = transaction.createStatement()) {
      return texts(
          statement,
          "select n::text from name_index n where person_id = '" + id + "' order by word, former");
    }
  }

  private static List<String> texts(Statement statement, String query) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }
}
