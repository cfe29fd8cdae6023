package org.mekong.registry.permission;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.CallerRole;
import org.mekong.registry.permission.judgement.Check;
import org.mekong.registry.permission.judgement.Judgement;
import org.mekong.registry.permission.judgement.Question;

/**
 * What a call would give and why, told without looking at anybody: the same for whomever it asks.
 *
 * @param explained always true, so that no explanation passes for an answer
 * @param outcome {@code granted}; {@code partly}, where some of the fields are refused; {@code
 *     refused}
 * @param checks of the question as a whole, in the order in which they refuse
 * @param fields each with its own
 * @param legalBasis under which it would be asked
 * @param visibilityDelay how long the person would not see it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Explanation(
    boolean explained,
    String outcome,
    String kind,
    String purpose,
    Requester requester,
    List<Item> checks,
    List<Field> fields,
    @Nullable String legalBasis,
    String visibilityDelay) {

  public Explanation {
    checks = List.copyOf(checks);
    fields = List.copyOf(fields);
  }

  /** Who asks, as the register's rules see them. */
  @Schema(name = "ExplanationRequester")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Requester(
      String country, @Nullable String agency, @Nullable String agencyClass, List<String> roles) {}

  /**
   * One check.
   *
   * @param rule the rule that decided
   * @param actor who has to act: {@code caller}, {@code identity-administrator} or {@code
   *     register-administrator}
   * @param action what that one can do
   */
  @Schema(name = "ExplanationCheck")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Item(
      String check,
      boolean granted,
      String rule,
      @Nullable String detail,
      @Nullable String actor,
      @Nullable String action) {

    static Item of(Check check) {
      return check.granted()
          ? new Item(check.concern().code(), true, check.rule(), null, null, null)
          : new Item(
              check.concern().code(),
              false,
              check.rule(),
              check.detail(),
              check.concern().actor().code(),
              check.concern().action());
    }
  }

  /** A field or statement that is asked for. */
  @Schema(name = "ExplanationField")
  public record Field(String name, boolean granted, List<Item> checks) {}

  /** Tells how a question was judged. */
  public static Explanation of(Question question, Judgement judgement) {
    List<Field> fields = new ArrayList<>();
    for (Map.Entry<String, List<Check>> field : judgement.fields().entrySet()) {
      fields.add(
          new Field(
              field.getKey(),
              judgement.gives(field.getKey()),
              field.getValue().stream().map(Item::of).toList()));
    }
    boolean all = fields.stream().allMatch(Field::granted);
    boolean any = fields.stream().anyMatch(Field::granted);
    return new Explanation(
        true,
        judgement.isOpen() && all ? "granted" : any ? "partly" : "refused",
        question.kind().code(),
        question.purpose(),
        new Requester(
            question.country(),
            question.asker().agency(),
            question.asker().agencyClass(),
            question.asker().roles().stream().map(CallerRole::code).sorted().toList()),
        judgement.checks().stream().map(Item::of).toList(),
        fields,
        judgement.legalBasis(),
        text(judgement.delay()));
  }

  private static String text(Duration delay) {
    boolean days = !delay.isZero() && delay.equals(Duration.ofDays(delay.toDays()));
    return days ? "P" + delay.toDays() + "D" : delay.toString();
  }
}
