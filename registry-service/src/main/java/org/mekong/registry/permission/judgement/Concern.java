package org.mekong.registry.permission.judgement;

import java.util.Locale;
import org.mekong.registry.problem.Problem;

/** What is looked at in a question: who has to act when it is refused, and how. */
public enum Concern {
  PURPOSE_KNOWN(
      Problem.UNKNOWN_PURPOSE,
      Actor.CALLER,
      "The purpose is none of this register's.",
      "Name a purpose of this register, or ask its administrator to add one."),
  PURPOSE_IN_FORCE(
      Problem.PURPOSE_NOT_IN_FORCE,
      Actor.REGISTER_ADMINISTRATOR,
      "The purpose is not in force today.",
      "Have validFrom and validUntil of the purpose changed, or name another purpose."),
  ACROSS_BORDER(
      Problem.NOT_PERMITTED,
      Actor.REGISTER_ADMINISTRATOR,
      "The purpose is for this nation alone.",
      "Have acrossBorder of the purpose changed, or name another purpose."),
  TOKEN_GRANT(
      Problem.PURPOSE_NOT_GRANTED,
      Actor.IDENTITY_ADMINISTRATOR,
      "The token grants no question of this kind for the purpose.",
      "Ask for a token whose authorization_details name purpose and kind; if the identity-service"
          + " refuses, have the client's registration changed."),
  LEGAL_BASIS_AGREES(
      Problem.PURPOSE_NOT_GRANTED,
      Actor.CALLER,
      "The question names another legal basis than its token.",
      "Name the token's legal basis or none, or get a token for this one."),
  LEGAL_BASIS(
      Problem.NOT_PERMITTED,
      Actor.CALLER,
      "The purpose needs a legal basis that it admits.",
      "Name one of the purpose's legal bases; GET /admin/v1/purposes lists them to administrators."),
  REGISTER_RULE(
      Problem.NOT_PERMITTED,
      Actor.REGISTER_ADMINISTRATOR,
      "No rule of the register permits this requester a question of this kind for the purpose.",
      "Have a permission added under /admin/v1/permissions."),
  TOKEN_FIELD(
      Problem.PURPOSE_NOT_GRANTED,
      Actor.IDENTITY_ADMINISTRATOR,
      "The token does not grant %s for the purpose.",
      "Ask for a token whose authorization_details name the field; if the identity-service refuses,"
          + " have the client's registration changed."),
  REGISTER_FIELD(
      Problem.NOT_PERMITTED,
      Actor.REGISTER_ADMINISTRATOR,
      "No rule of the register permits %s.",
      "Have the field added to a field set of a permission for this requester, kind and purpose."),
  SENSITIVE_FIELD(
      Problem.NOT_PERMITTED,
      Actor.REGISTER_ADMINISTRATOR,
      "The field %s is sensitive, and no rule of the register names it for this requester.",
      "Have the field named under sensitiveFields of a permission for this requester, kind and"
          + " purpose."),
  LIMIT(
      Problem.NOT_PERMITTED,
      Actor.REGISTER_ADMINISTRATOR,
      "A limit of the register withholds %s.",
      "Have the limit changed or ended.");

  private final Problem problem;
  private final Actor actor;
  private final String detail;
  private final String action;

  /** Who can change what is refused. */
  public enum Actor {
    CALLER,
    IDENTITY_ADMINISTRATOR,
    REGISTER_ADMINISTRATOR;

    /** The word on the wire. */
    public String code() {
      return word(name());
    }
  }

  Concern(Problem problem, Actor actor, String detail, String action) {
    this.problem = problem;
    this.actor = actor;
    this.detail = detail;
    this.action = action;
  }

  /** The word on the wire. */
  public String code() {
    return word(name());
  }

  private static String word(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The problem that refuses. */
  Problem problem() {
    return problem;
  }

  /** Who has to act. */
  public Actor actor() {
    return actor;
  }

  /** What that one can do. */
  public String action() {
    return action;
  }

  /** Why it is refused, in words. */
  public String detail(String field) {
    return detail.formatted(field);
  }
}
