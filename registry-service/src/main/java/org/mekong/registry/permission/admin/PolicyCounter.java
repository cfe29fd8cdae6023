package org.mekong.registry.permission.admin;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.CurrentCaller;
import org.mekong.registry.operation.OperationKey;
import org.mekong.registry.operation.Outcome;
import org.mekong.registry.permission.policy.PolicyKind;
import org.mekong.registry.permission.policy.Stored;
import org.mekong.registry.problem.Problem;

/** What the three lists have in common over HTTP: pages, ETags, and how a change is answered. */
@ApplicationScoped
class PolicyCounter {

  private static final int MOST = 100;
  private static final int USUAL = 50;
  private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9-]{1,63}");

  private final PolicyDesk desk;
  private final CurrentCaller caller;

  PolicyCounter(PolicyDesk desk, CurrentCaller caller) {
    this.desk = desk;
    this.caller = caller;
  }

  /** A page by code. */
  <T> PolicyPage<T> list(
      PolicyKind kind, Class<T> type, @Nullable String cursor, @Nullable String limit)
      throws SQLException {
    int most = limit(limit);
    String after = cursor == null ? "" : open(kind, cursor);
    List<Stored> found = desk.page(kind, after, most + 1);
    List<Stored> shown = found.stream().limit(most).toList();
    String next = found.size() > most ? seal(kind, shown.getLast().code()) : null;
    return new PolicyPage<>(shown.stream().map(stored -> desk.view(stored, type)).toList(), next);
  }

  /** The versions of one, the newest first. */
  <T> PolicyPage<T> versions(
      PolicyKind kind, Class<T> type, String code, @Nullable String cursor, @Nullable String limit)
      throws SQLException {
    int most = limit(limit);
    find(kind, code);
    int below = cursor == null ? Integer.MAX_VALUE : number(open(kind, cursor));
    List<Stored> found = desk.versions(kind, code, below, most + 1);
    List<Stored> shown = found.stream().limit(most).toList();
    String next =
        found.size() > most ? seal(kind, Integer.toString(shown.getLast().version())) : null;
    return new PolicyPage<>(shown.stream().map(stored -> desk.view(stored, type)).toList(), next);
  }

  /** One, with its ETag. */
  <T> Response get(PolicyKind kind, Class<T> type, String code) throws SQLException {
    return answer(kind, find(kind, code), type);
  }

  <T> Response create(
      PolicyKind kind, @Nullable String key, @Nullable T body, PolicyDesk.Reading reading)
      throws SQLException {
    OperationKey operation = OperationKey.of(caller.get().id(), key);
    Outcome outcome = desk.create(operation, kind, present(body), reading);
    String location = outcome.location().toString();
    String code = location.substring(location.lastIndexOf('/') + 1);
    return Response.status(outcome.status())
        .header("Location", location)
        .header("ETag", tag(kind, code, 1))
        .entity(outcome.body())
        .build();
  }

  <T> Response change(
      PolicyKind kind,
      Class<T> type,
      String code,
      @Nullable String ifMatch,
      @Nullable T body,
      PolicyDesk.Reading reading)
      throws SQLException {
    int version = version(kind, code, ifMatch);
    Stored changed = desk.change(kind, code, version, caller.get().id(), present(body), reading);
    return answer(kind, changed, type);
  }

  <T> Response end(PolicyKind kind, Class<T> type, String code, @Nullable String ifMatch)
      throws SQLException {
    int version = version(kind, code, ifMatch);
    return answer(kind, desk.end(kind, code, version, caller.get().id()), type);
  }

  private <T> Response answer(PolicyKind kind, Stored stored, Class<T> type) {
    return Response.ok(desk.view(stored, type))
        .header("ETag", tag(kind, stored.code(), stored.version()))
        .build();
  }

  private Stored find(PolicyKind kind, String code) throws SQLException {
    if (!CODE.matcher(code).matches()) {
      throw absent();
    }
    return desk.find(kind, code).orElseThrow(PolicyCounter::absent);
  }

  /** The version that an If-Match names, which has to be one of this very thing. */
  private int version(PolicyKind kind, String code, @Nullable String ifMatch) throws SQLException {
    Stored newest = find(kind, code);
    if (ifMatch == null) {
      throw Problem.PRECONDITION_REQUIRED.because("The If-Match header is missing.");
    }
    if (!ifMatch.strip().equals(tag(kind, code, newest.version()))) {
      throw Problem.PRECONDITION_FAILED.because(
          "If-Match is not the ETag of the newest version.", kind.path() + "/stale");
    }
    return newest.version();
  }

  private static String tag(PolicyKind kind, String code, int version) {
    return '"' + kind.word() + ':' + code + ':' + version + '"';
  }

  private static <T> T present(@Nullable T body) {
    if (body == null) {
      throw Problem.MALFORMED_REQUEST.because("The body is empty.");
    }
    return body;
  }

  private static int limit(@Nullable String text) {
    if (text == null) {
      return USUAL;
    }
    if (!text.matches("[1-9][0-9]{0,2}") || Integer.parseInt(text) > MOST) {
      throw Problem.invalid("limit", "range", "is no number from 1 to " + MOST);
    }
    return Integer.parseInt(text);
  }

  private static String seal(PolicyKind kind, String place) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((kind.word() + ' ' + place).getBytes(StandardCharsets.UTF_8));
  }

  private static String open(PolicyKind kind, String cursor) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      if (text.matches(kind.word() + " [a-z0-9-]{1,64}")) {
        return text.substring(kind.word().length() + 1);
      }
    } catch (IllegalArgumentException e) {
      throw foreign();
    }
    throw foreign();
  }

  private static int number(String place) {
    if (!place.matches("[1-9][0-9]{0,8}")) {
      throw foreign();
    }
    return Integer.parseInt(place);
  }

  private static HttpProblem foreign() {
    return Problem.invalid("cursor", "cursor", "is no cursor of this list");
  }

  private static HttpProblem absent() {
    return Problem.NOT_FOUND.because("There is none with this code.");
  }
}
