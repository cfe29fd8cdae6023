package org.mekong.identity.interaction;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.NodeConfig;
import org.mekong.identity.client.Client;
import org.mekong.identity.client.Clients;
import org.mekong.identity.journal.Journal;
import org.mekong.identity.journal.JournalUnavailable;
import org.mekong.identity.page.Language;
import org.mekong.identity.page.PageForm;
import org.mekong.identity.page.Pages;

/**
 * What every page of an interaction does: it finds what is under way in this browser, or says that
 * there is nothing; it refuses forms that another site sent; it leads on when something was done.
 */
@Singleton
public class UnderWay {
  private final Journal journal;
  private final Interactions interactions;
  private final Clients clients;
  private final Pages pages;
  private final NodeConfig node;

  UnderWay(
      Journal journal, Interactions interactions, Clients clients, Pages pages, NodeConfig node) {
    this.journal = journal;
    this.interactions = interactions;
    this.clients = clients;
    this.pages = pages;
    this.node = node;
  }

  /** Answers with what is under way, and the client it is for. */
  @FunctionalInterface
  public interface Answer {
    Response to(Interaction interaction, Client client);
  }

  private record Found(Interaction interaction, Client client) {}

  /**
   * Shows a page.
   *
   * @param chosen language of the switch; it stays for what comes after
   */
  public Response on(
      HttpHeaders headers, @Nullable String id, @Nullable String chosen, Answer answer) {
    try {
      Optional<Found> found = find(headers, id, Language.of(chosen));
      return found.isPresent()
          ? answer.to(found.get().interaction(), found.get().client())
          : pages.error(400, language(headers), "interaction-unknown").build();
    } catch (JournalUnavailable unavailable) {
      return pages.error(503, language(headers), "unavailable").build();
    }
  }

  /** Takes a form of a page, whose field {@code interaction} says what it belongs to. */
  public Response onForm(HttpHeaders headers, PageForm form, Answer answer) {
    return PageForm.isForeign(headers)
        ? pages.error(403, language(headers), "foreign-form").build()
        : on(headers, form.field("interaction"), null, answer);
  }

  /** Leads back to the authorization endpoint, which decides what is next. */
  public Response.ResponseBuilder proceed(Interaction interaction) {
    return Response.status(303)
        .header(HttpHeaders.LOCATION, "/authorize/continue?interaction=" + interaction.id())
        .header("Cache-Control", "no-store");
  }

  /** Turns back: the client is told that it gets nothing. */
  public Response cancel(Interaction interaction) {
    journal.transact(
        transaction -> {
          interactions.decided(
              transaction.connection(),
              interaction,
              new Interaction.Decided(Optional.empty(), false));
          return interaction;
        });
    return proceed(interaction).build();
  }

  private Optional<Found> find(
      HttpHeaders headers, @Nullable String id, Optional<Language> chosen) {
    return journal.transact(
        transaction -> {
          Optional<Interaction> found =
              interactions.find(transaction.connection(), id, Browser.of(headers));
          if (found.isEmpty()) {
            return Optional.empty();
          }
          Interaction interaction = found.get();
          if (chosen.isPresent() && chosen.get() != interaction.language()) {
            interactions.speak(transaction.connection(), interaction, chosen.get());
            interaction = interaction.in(chosen.get());
          }
          Interaction shown = interaction;
          return clients
              .find(transaction.connection(), shown.asked().clientId())
              .map(client -> new Found(shown, client));
        });
  }

  private Language language(HttpHeaders headers) {
    return Language.choose(null, headers.getAcceptableLanguages(), node.nation());
  }
}
