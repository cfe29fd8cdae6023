package org.mekong.identity.consent;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mekong.identity.account.Account;
import org.mekong.identity.account.Accounts;
import org.mekong.identity.client.Client;
import org.mekong.identity.interaction.Interaction;
import org.mekong.identity.interaction.Interactions;
import org.mekong.identity.journal.Journal;
import org.mekong.identity.page.Pages;
import org.mekong.identity.visitor.Visitor;
import org.mekong.identity.visitor.Visitors;

/** Puts the question to whoever is signed in, and keeps the answer. */
@Singleton
class Consenting {
  private static final int SHOWN_OF_NUMBER = 3;

  private final Journal journal;
  private final Visitors visitors;
  private final Accounts accounts;
  private final Answers answers;
  private final Pages pages;

  /** Where answers are kept. */
  @Singleton
  record Answers(Consents consents, Interactions interactions) {}

  Consenting(Journal journal, Visitors visitors, Accounts accounts, Answers answers, Pages pages) {
    this.journal = journal;
    this.visitors = visitors;
    this.accounts = accounts;
    this.answers = answers;
    this.pages = pages;
  }

  /**
   * What is asked.
   *
   * @param person how the person knows themself: a name, or the end of their number
   * @param scopes what the client gets, each in a sentence
   * @param lookups what it may ask about others
   */
  public record Question(String person, List<String> scopes, List<Lookup> lookups) {
    public Question {
      scopes = List.copyOf(scopes);
      lookups = List.copyOf(lookups);
    }
  }

  /** The question to the person of a session's cookie; empty when nobody is signed in. */
  Optional<Question> question(Interaction interaction, Client client, Optional<String> cookie) {
    return journal.transact(
        transaction -> {
          Optional<Visitor> visitor = visitors.of(transaction.connection(), cookie);
          return visitor.isEmpty()
              ? Optional.empty()
              : Optional.of(asked(transaction.connection(), interaction, client, visitor.get()));
        });
  }

  /** Keeps the answer of the person of a session's cookie. */
  void decide(Interaction interaction, Client client, Optional<String> cookie, boolean granted) {
    journal.transact(
        transaction -> {
          Connection connection = transaction.connection();
          Optional<Visitor> visitor = visitors.of(connection, cookie);
          if (visitor.isPresent() && visitor.get().canGive(interaction.asked(), client)) {
            answers
                .interactions()
                .decided(
                    connection,
                    interaction,
                    new Interaction.Decided(Optional.of(visitor.get().account().id()), granted));
            if (granted) {
              answers
                  .consents()
                  .give(connection, visitor.get().account().id(), interaction.asked());
            }
          }
          return interaction;
        });
  }

  private Question asked(
      Connection connection, Interaction interaction, Client client, Visitor visitor)
      throws SQLException {
    Map<String, String> texts = pages.texts(interaction.language());
    return new Question(
        person(connection, visitor.account()),
        visitor.scopes(interaction.asked(), client).stream()
            .map(scope -> texts.getOrDefault("scope." + scope, scope))
            .toList(),
        visitor.details(interaction.asked(), client).stream()
            .map(detail -> Lookup.of(detail, interaction.language(), texts))
            .toList());
  }

  private String person(Connection connection, Account account) throws SQLException {
    if (account.kind() != Account.Kind.CITIZEN) {
      return account.name().isEmpty() ? account.userName().orElse("") : account.name();
    }
    String number = accounts.personalNumber(connection, account.id()).orElse("");
    return "•••" + number.substring(Math.max(0, number.length() - SHOWN_OF_NUMBER));
  }
}
