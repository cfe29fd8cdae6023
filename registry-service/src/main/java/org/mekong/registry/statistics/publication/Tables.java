package org.mekong.registry.statistics.publication;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mekong.registry.statistics.count.Delay;
import org.mekong.registry.statistics.count.Kind;
import org.mekong.registry.statistics.count.Months;
import org.mekong.registry.statistics.release.Published;
import org.mekong.registry.statistics.release.Published.Cell;

/** The tables, and there are no others: each a regrouping of the same rounded figures. */
final class Tables {

  static final String ALL_AGES = "total";

  private static final int GROUPS = 21;
  private static final int IN = 0;
  private static final int OUT = 1;
  private static final int IN_ELSEWHERE = 2;
  private static final int OUT_ELSEWHERE = 3;

  private Tables() {}

  /** The code of a group of five years. */
  static String ageGroup(int group) {
    return group == GROUPS - 1 ? "100+" : 5 * group + "-" + (5 * group + 4);
  }

  static Table population(Connection connection, Question question) throws SQLException {
    Cube cube = new Cube();
    int day = question.from();
    for (Cell cell : Published.RESIDENTS.read(connection, Kind.POPULATION, day, day)) {
      cube.add(day, cell.province(), cell.sex(), cell.part(), cell.value());
      cube.add(day, cell.province(), cell.sex(), GROUPS, cell.value());
    }
    List<List<Object>> rows = new ArrayList<>();
    for (String province : question.inProvinces()) {
      for (SexCode sex : question.sexes()) {
        for (int group = 0; group <= GROUPS; group++) {
          rows.add(
              List.of(
                  Months.yearMonth(day).atDay(1).toString(),
                  province,
                  sex.code(),
                  group == GROUPS ? ALL_AGES : ageGroup(group),
                  cube.get(day, province, sex, group)));
        }
      }
    }
    return new Table(List.of("day", "province", "sex", "ageGroup", "persons"), rows);
  }

  /** Events of one kind by month, province and sex. */
  static Table events(Connection connection, Question question, Kind kind, String column)
      throws SQLException {
    Cube cube = new Cube();
    add(connection, question, kind, 0, cube);
    List<List<Object>> rows = new ArrayList<>();
    for (int month = question.from(); month <= question.to(); month++) {
      for (String province : question.provinces()) {
        for (SexCode sex : question.sexes()) {
          rows.add(List.of(text(month), province, sex.code(), cube.get(month, province, sex, 0)));
        }
      }
    }
    return new Table(List.of("month", "province", "sex", column), rows);
  }

  static Table marriages(Connection connection, Question question) throws SQLException {
    Cube cube = new Cube();
    add(connection, question, Kind.MARRIAGE, 0, cube);
    add(connection, question, Kind.DIVORCE, 1, cube);
    List<List<Object>> rows = new ArrayList<>();
    for (int month = question.from(); month <= question.to(); month++) {
      for (String province : question.provinces()) {
        rows.add(
            List.of(
                text(month),
                province,
                cube.get(month, province, SexCode.TOTAL, 0),
                cube.get(month, province, SexCode.TOTAL, 1)));
      }
    }
    return new Table(List.of("month", "province", "marriages", "divorces"), rows);
  }

  private static void add(
      Connection connection, Question question, Kind kind, int measure, Cube cube)
      throws SQLException {
    Published view = question.byRegistration() ? Published.REGISTERED : Published.OCCURRED;
    for (Cell cell : view.read(connection, kind, question.from(), question.to())) {
      cube.add(cell.month(), cell.province(), cell.sex(), measure, cell.value());
    }
  }

  /** Who comes and goes, by province. */
  static Table migration(Connection connection, Question question) throws SQLException {
    Cube cube = new Cube();
    for (Cell move :
        Published.MOVES.read(connection, Kind.MIGRATION, question.from(), question.to())) {
      boolean comes = move.province().isEmpty();
      boolean goes = move.other().isEmpty();
      if (!goes) {
        cube.add(move.month(), move.other(), move.sex(), comes ? IN_ELSEWHERE : IN, move.value());
      }
      if (!comes) {
        cube.add(
            move.month(), move.province(), move.sex(), goes ? OUT_ELSEWHERE : OUT, move.value());
      }
    }
    List<List<Object>> rows = new ArrayList<>();
    for (int month = question.from(); month <= question.to(); month++) {
      for (String province : question.inProvinces()) {
        for (SexCode sex : question.sexes()) {
          long in = cube.get(month, province, sex, IN);
          long out = cube.get(month, province, sex, OUT);
          long inElsewhere = cube.get(month, province, sex, IN_ELSEWHERE);
          long outElsewhere = cube.get(month, province, sex, OUT_ELSEWHERE);
          rows.add(
              List.of(
                  text(month),
                  province,
                  sex.code(),
                  in,
                  out,
                  inElsewhere,
                  outElsewhere,
                  in - out + inElsewhere - outElsewhere));
        }
      }
    }
    return new Table(
        List.of(
            "month",
            "province",
            "sex",
            "fromProvinces",
            "toProvinces",
            "fromElsewhere",
            "toElsewhere",
            "net"),
        rows);
  }

  private record Flow(String month, String from, String to, SexCode sex) {}

  /** Who goes where; a flow that is not listed is published as 0. */
  static Table flows(Connection connection, Question question) throws SQLException {
    Map<Flow, Long> flows =
        new TreeMap<>(
            Comparator.comparing(Flow::month)
                .thenComparing(Flow::from)
                .thenComparing(Flow::to)
                .thenComparing(Flow::sex));
    for (Cell move :
        Published.MOVES.read(connection, Kind.MIGRATION, question.from(), question.to())) {
      String from = Cube.code(move.province());
      String to = Cube.code(move.other());
      if (question.provinces().contains(from) || question.provinces().contains(to)) {
        SexCode.of(move.sex()).stream()
            .filter(question.sexes()::contains)
            .forEach(
                sex ->
                    flows.merge(
                        new Flow(text(move.month()), from, to, sex), move.value(), Long::sum));
      }
    }
    List<List<Object>> rows = new ArrayList<>();
    flows.forEach(
        (flow, persons) ->
            rows.add(List.of(flow.month, flow.from, flow.to, flow.sex.code(), persons)));
    return new Table(List.of("month", "from", "to", "sex", "persons"), rows);
  }

  /** How long after the event it was registered, by month of registration. */
  static Table timeliness(Connection connection, Question question, Kind kind) throws SQLException {
    Delay.Span[] spans = Delay.Span.values();
    Cube cube = new Cube();
    for (Cell cell : Published.DELAYED.read(connection, kind, question.from(), question.to())) {
      cube.add(cell.month(), cell.province(), 0, cell.part(), cell.value());
      cube.add(cell.month(), cell.province(), 0, spans.length, cell.value());
    }
    List<List<Object>> rows = new ArrayList<>();
    for (int month = question.from(); month <= question.to(); month++) {
      for (String province : question.provinces()) {
        int of = month;
        Stream<Object> counts =
            IntStream.rangeClosed(0, spans.length)
                .mapToObj(span -> cube.get(of, province, SexCode.TOTAL, span));
        rows.add(
            Stream.concat(
                    Stream.<Object>of(text(month), province, kind.name().toLowerCase(Locale.ROOT)),
                    counts)
                .toList());
      }
    }
    return new Table(
        List.of(
            "month",
            "province",
            "event",
            "sameDay",
            "within30Days",
            "within90Days",
            "within365Days",
            "later",
            "unknown",
            "total"),
        rows);
  }

  private static String text(int month) {
    return Months.yearMonth(month).toString();
  }
}
