package org.mekong.identity.visitor;

import com.nimbusds.oauth2.sdk.rar.AuthorizationDetail;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.mekong.identity.account.Account;
import org.mekong.identity.account.Role;
import org.mekong.identity.agency.Agency;
import org.mekong.identity.client.Client;
import org.mekong.identity.interaction.AskedFor;
import org.mekong.identity.session.Session;

/**
 * Who sits at a browser, signed in.
 *
 * @param session since when and how surely
 * @param account who
 */
public record Visitor(Session session, Account account) {
  /** Scopes that are an office and not a person's own. */
  private static final Set<String> OFFICIAL =
      Arrays.stream(Role.values())
          .flatMap(role -> role.scopes().stream())
          .collect(Collectors.toUnmodifiableSet());

  private static final String LOOKUP = "lookup";

  /**
   * What of the scopes asked for this person can give this client: no official one but those of
   * their roles, and an officer's only to an application of their own agency.
   */
  public Set<String> scopes(AskedFor asked, Client client) {
    Set<String> held = inOffice(client) ? account.scopes() : Set.of();
    return asked.scopes().stream()
        .filter(scope -> !OFFICIAL.contains(scope) || held.contains(scope))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The details asked for, if this person may look others up by this client; else none. */
  public List<AuthorizationDetail> details(AskedFor asked, Client client) {
    return inOffice(client) && account.scopes().contains(LOOKUP) ? asked.details() : List.of();
  }

  /** Whether there is something that this person can give, and no detail that they cannot. */
  public boolean canGive(AskedFor asked, Client client) {
    return !scopes(asked, client).isEmpty()
        && details(asked, client).size() == asked.details().size();
  }

  private boolean inOffice(Client client) {
    return switch (account.kind()) {
      case CITIZEN -> false;
      case OFFICER -> account.agencyId().equals(client.agency().map(Agency::id));
      case ADMINISTRATOR -> true;
    };
  }
}
