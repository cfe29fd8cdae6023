package org.mekong.identity.withdrawal;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mekong.identity.access.RequestId;
import org.mekong.identity.agency.Agency;
import org.mekong.identity.client.Client;
import org.mekong.identity.client.Clients;
import org.mekong.identity.consent.Consents;
import org.mekong.identity.consent.Lookup;
import org.mekong.identity.issued.Revocations;
import org.mekong.identity.journal.Journal;
import org.mekong.identity.journal.JournalEntry;
import org.mekong.identity.page.Language;
import org.mekong.identity.page.Pages;
import org.mekong.identity.visitor.Visitor;
import org.mekong.identity.visitor.Visitors;

/**
 * Shows people what they allow applications, and takes it back: what was issued by it is revoked
 * and the journal says so, in one transaction.
 */
@Singleton
class Withdrawal {
  private static final String REASON = "consent-withdrawn";

  private final Journal journal;
  private final Visitors visitors;
  private final Consents consents;
  private final Taking taking;
  private final Pages pages;

  /** What is needed to take something back. */
  @Singleton
  record Taking(Clients clients, Revocations revocations, Clock clock) {}

  Withdrawal(Journal journal, Visitors visitors, Consents consents, Taking taking, Pages pages) {
    this.journal = journal;
    this.visitors = visitors;
    this.consents = consents;
    this.taking = taking;
    this.pages = pages;
  }

  /**
   * What somebody allows an application, in the reader's words.
   *
   * @param until until when they are not asked again
   */
  public record Shown(
      String clientId,
      String application,
      String agency,
      String since,
      String until,
      List<String> scopes,
      List<Lookup> lookups) {
    public Shown {
      scopes = List.copyOf(scopes);
      lookups = List.copyOf(lookups);
    }
  }

  /** All that the person of a session's cookie allows; empty when nobody is signed in. */
  Optional<List<Shown>> shown(Optional<String> cookie, Language language) {
    return journal.transact(
        transaction -> {
          Connection connection = transaction.connection();
          Optional<Visitor> visitor = visitors.of(connection, cookie);
          if (visitor.isEmpty()) {
            return Optional.empty();
          }
          List<Shown> shown = new ArrayList<>();
          for (Consents.Given given : consents.of(connection, visitor.get().account().id())) {
            shown.add(inWords(connection, given, language));
          }
          return Optional.of(shown);
        });
  }

  private Shown inWords(Connection connection, Consents.Given given, Language language)
      throws SQLException {
    Map<String, String> texts = pages.texts(language);
    Optional<Client> client = taking.clients().find(connection, given.clientId());
    return new Shown(
        given.clientId(),
        client.map(Client::name).orElse(given.clientId()),
        client.flatMap(Client::agency).map(Agency::name).orElse(""),
        pages.date(given.givenAt(), language),
        pages.date(given.expiresAt(), language),
        given.scopes().stream().map(scope -> texts.getOrDefault("scope." + scope, scope)).toList(),
        given.details().stream().map(detail -> Lookup.of(detail, language, texts)).toList());
  }

  /**
   * Takes back what the person of a session's cookie allows an application.
   *
   * @return false when nobody is signed in; what was not allowed need not be taken back
   */
  boolean withdraw(Optional<String> cookie, String clientId) {
    return journal.transact(
        transaction -> {
          Connection connection = transaction.connection();
          Optional<Visitor> visitor = visitors.of(connection, cookie);
          if (visitor.isEmpty()) {
            return false;
          }
          if (consents.withdraw(connection, visitor.get().account().id(), clientId)) {
            transaction.record(
                JournalEntry.ofAuthorization(RequestId.current(), taking.clock().instant())
                    .with("act", "consent_withdrawn")
                    .with("client", clientId));
            taking
                .revocations()
                .revokeConsent(transaction, visitor.get().account().id(), clientId, REASON);
          }
          return true;
        });
  }
}
