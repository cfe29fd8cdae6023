package org.mekong.registry.statistics.publication;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.nation.Province;
import org.mekong.registry.problem.Problem;
import org.mekong.registry.statistics.count.Months;
import org.mekong.registry.statistics.release.Release;
import org.mekong.registry.statistics.release.Releases;
import org.mekong.registry.statistics.release.Rounding;

/** Answers with tables of the release that is published, to be kept by whoever passes them on. */
@ApplicationScoped
class Publisher {

  /** A new release is seen by everybody within this time. */
  private static final String CACHED = "public, max-age=3600";

  private static final int ATTEMPTS = 20;
  private static final int PAUSE_MILLIS = 250;

  private final DataSource database;
  private final NationProfile profile;
  private final Releases releases;

  Publisher(DataSource database, NationProfile profile, Releases releases) {
    this.database = database;
    this.profile = profile;
    this.releases = releases;
  }

  /** Reads the question. */
  interface Asked {
    Question read(QuestionReader reader);
  }

  /** Makes the table. */
  interface Maker {
    Table make(Connection connection, Question question) throws SQLException;
  }

  /**
   * Answers.
   *
   * @param format asked for in the query; it goes before what the headers accept
   */
  Response publish(
      String statistic, @Nullable String format, HttpHeaders headers, Asked asked, Maker maker)
      throws SQLException {
    Format accepted = Format.accepted(headers.getAcceptableMediaTypes());
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        Release release = release(connection);
        QuestionReader reader = new QuestionReader(profile, release);
        Format as = reader.format(format, accepted);
        Question question = asked.read(reader);
        reader.refuse();
        EntityTag tag =
            new EntityTag(
                release.edition() + "-" + release.madeAt().getEpochSecond() + "-" + as.code());
        Response.ResponseBuilder answer =
            isHeld(tag, headers)
                ? Response.notModified()
                : answer(statistic, release, as, question, maker.make(connection, question));
        return answer.tag(tag).header("Cache-Control", CACHED).header("Vary", "Accept").build();
      } finally {
        connection.rollback();
      }
    }
  }

  /** Whether the caller has what would be answered (RFC 9110, 13.1.2). */
  private static boolean isHeld(EntityTag tag, HttpHeaders headers) {
    String held = headers.getHeaderString(HttpHeaders.IF_NONE_MATCH);
    if (held == null) {
      return false;
    }
    for (String one : held.split(",", -1)) {
      String named = one.strip().startsWith("W/") ? one.strip().substring(2) : one.strip();
      if (named.equals("*") || named.equals('"' + tag.getValue() + '"')) {
        return true;
      }
    }
    return false;
  }

  private Response.ResponseBuilder answer(
      String statistic, Release release, Format format, Question question, Table table) {
    return switch (format) {
      case CSV ->
          Response.ok(table.csv(), format.mediaType())
              .header(
                  "Content-Disposition",
                  "inline; filename=\"" + statistic + "-" + month(release.month()) + ".csv\"");
      case JSON ->
          Response.ok(
              new StatisticsView(
                  statistic,
                  profile.nation().name(),
                  month(release.month()),
                  release.madeAt(),
                  Rounding.BASE,
                  names(question),
                  table.named()),
              format.mediaType());
    };
  }

  private List<StatisticsView.ProvinceName> names(Question question) {
    Map<String, Province> provinces = profile.provinces();
    return provinces.values().stream()
        .filter(province -> question.provinces().contains(province.code()))
        .sorted(Comparator.comparing(Province::code))
        .map(
            province ->
                new StatisticsView.ProvinceName(
                    province.code(), province.name(), province.englishName()))
        .toList();
  }

  /** The release, and a look at the tables that stays the same until the transaction ends. */
  private Release release(Connection connection) throws SQLException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("set transaction isolation level repeatable read, read only");
      }
      Optional<Release> release = Releases.current(connection);
      if (release.isPresent()) {
        return release.get();
      }
      connection.rollback();
      if (attempt > 0) {
        pause();
      }
      releases.makeIfDue();
    }
    throw Problem.NOT_FOUND.because("No statistics are released yet; the first come in a minute.");
  }

  /** Somebody else makes the first release. */
  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String month(int number) {
    return Months.yearMonth(number).toString();
  }
}
