package org.mekong.identity.permission;

import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.rar.AuthorizationDetail;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.minidev.json.JSONObject;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.client.Client;
import org.mekong.identity.client.LookupPermission;
import org.mekong.identity.oauth.OAuthRefused;

/**
 * Decides what of a request a client's registration allows: scopes (RFC 6749), one resource (RFC
 * 8707), authorization details (RFC 9396). A pure function; nothing is granted that was not
 * registered, and nothing is cut silently: what is asked in excess is refused.
 */
public final class GrantRules {
  /** Scopes that mean nothing where a system asks in its own name. */
  private static final Set<String> ABOUT_PEOPLE = Set.of("openid", "offline_access");

  private static final int MOST_DETAILS = 8;
  private static final int LONGEST_BASIS = 300;
  private static final Set<String> MEMBERS =
      Set.of("type", "purpose", "legal_basis", "countries", "kinds", "fields");

  private GrantRules() {}

  /**
   * The scopes that a client gets: what it asks for, or all of its registration.
   *
   * @throws OAuthRefused {@code invalid_scope}
   */
  public static List<String> scopes(Client client, @Nullable Scope asked) throws OAuthRefused {
    if (asked == null || asked.isEmpty()) {
      return client.scopes().stream()
          .filter(scope -> !ABOUT_PEOPLE.contains(scope))
          .sorted()
          .toList();
    }
    return within(client.scopes(), asked.toStringList());
  }

  /**
   * Scopes out of those that may be granted.
   *
   * @throws OAuthRefused {@code invalid_scope} when one is not of them
   */
  public static List<String> within(Collection<String> allowed, List<String> asked)
      throws OAuthRefused {
    if (!allowed.containsAll(asked)) {
      throw new OAuthRefused(
          OAuth2Error.INVALID_SCOPE,
          "scope/not-granted",
          "A scope that is asked for is not in the registration of this client or in the grant.");
    }
    return asked.stream().distinct().toList();
  }

  /**
   * The one audience that a client gets (RFC 8707): the one it asks for, or its default.
   *
   * @throws OAuthRefused {@code invalid_target}
   */
  public static String resource(Client client, @Nullable List<URI> asked) throws OAuthRefused {
    return resource(client.resources(), asked);
  }

  /**
   * The one audience out of those that may be granted.
   *
   * @throws OAuthRefused {@code invalid_target} when another or more than one is asked for
   */
  public static String resource(List<String> allowed, @Nullable List<URI> asked)
      throws OAuthRefused {
    if (asked == null || asked.isEmpty()) {
      return allowed.getFirst();
    }
    String resource = asked.getFirst().toString();
    if (asked.size() > 1 || !allowed.contains(resource)) {
      throw new OAuthRefused(
          OAuth2Error.INVALID_TARGET,
          "resource/not-granted",
          "Ask for one resource, of those in the registration of this client.");
    }
    return resource;
  }

  /**
   * Authorization details as they are granted, each completed from the registration.
   *
   * @throws OAuthRefused {@code invalid_authorization_details}
   */
  public static List<AuthorizationDetail> details(
      Client client, @Nullable List<AuthorizationDetail> asked) throws OAuthRefused {
    List<AuthorizationDetail> granted = new ArrayList<>();
    if (asked != null) {
      if (asked.size() > MOST_DETAILS) {
        throw detailRefused("details/too-many", "At most " + MOST_DETAILS + " details a token.");
      }
      for (AuthorizationDetail detail : asked) {
        granted.add(detail(client, detail));
      }
    }
    return granted;
  }

  private static AuthorizationDetail detail(Client client, AuthorizationDetail asked)
      throws OAuthRefused {
    if (!LookupPermission.TYPE.equals(asked.getType().getValue())
        || !MEMBERS.containsAll(asked.toJSONObject().keySet())) {
      throw detailRefused(
          "details/malformed",
          "A detail has the type population_lookup and the members purpose, legal_basis,"
              + " countries, kinds, fields.");
    }
    Asked wish = Asked.read(asked);
    return client.permissions().stream()
        .map(permission -> wish.within(permission))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(
            () ->
                detailRefused(
                    "details/not-granted",
                    "The registration of this client does not allow these details."));
  }

  private static OAuthRefused detailRefused(String rule, String advice) {
    return new OAuthRefused(OAuth2Error.INVALID_AUTHORIZATION_DETAILS, rule, advice);
  }

  /** A detail as it is asked for; what is left out means all that is registered (section 7.1). */
  private record Asked(
      String purpose,
      Optional<String> legalBasis,
      Optional<List<String>> countries,
      Optional<List<String>> kinds,
      Optional<List<String>> fields) {

    static Asked read(AuthorizationDetail detail) throws OAuthRefused {
      JSONObject members = detail.toJSONObject();
      if (!(members.get("purpose") instanceof String purpose)) {
        throw detailRefused("details/malformed", "A detail needs a purpose, one text.");
      }
      Object legalBasis = members.get("legal_basis");
      if (legalBasis != null && !(legalBasis instanceof String text && good(text))) {
        throw detailRefused(
            "details/malformed", "The legal_basis of a detail is one text of 1 to 300 characters.");
      }
      return new Asked(
          purpose,
          Optional.ofNullable((String) legalBasis),
          texts(members, "countries"),
          texts(members, "kinds"),
          texts(members, "fields"));
    }

    private static boolean good(String text) {
      return !text.isBlank()
          && text.length() <= LONGEST_BASIS
          && text.chars().noneMatch(Character::isISOControl)
          && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static Optional<List<String>> texts(JSONObject members, String name)
        throws OAuthRefused {
      Object value = members.get(name);
      if (value == null) {
        return Optional.empty();
      }
      if (value instanceof List<?> list
          && !list.isEmpty()
          && list.stream().allMatch(String.class::isInstance)) {
        return Optional.of(list.stream().map(String.class::cast).distinct().toList());
      }
      throw detailRefused("details/malformed", "countries, kinds and fields are lists of texts.");
    }

    Optional<AuthorizationDetail> within(LookupPermission allowed) {
      boolean covered =
          allowed.purpose().equals(purpose)
              && basisWithin(allowed)
              && countries.map(allowed.countries()::containsAll).orElse(true)
              && kinds.map(allowed.kinds()::containsAll).orElse(true)
              && fields.map(allowed.fields()::containsAll).orElse(true);
      return covered ? Optional.of(granted(allowed)) : Optional.empty();
    }

    private boolean basisWithin(LookupPermission allowed) {
      return allowed.legalBasis() == null
          || legalBasis.map(allowed.legalBasis()::equals).orElse(true);
    }

    private AuthorizationDetail granted(LookupPermission allowed) {
      JSONObject detail = new JSONObject();
      detail.put("type", allowed.type());
      detail.put("purpose", purpose);
      legalBasis
          .or(() -> Optional.ofNullable(allowed.legalBasis()))
          .ifPresent(basis -> detail.put("legal_basis", basis));
      detail.put("countries", countries.orElse(allowed.countries()));
      detail.put("kinds", kinds.orElse(allowed.kinds()));
      detail.put("fields", fields.orElse(allowed.fields()));
      try {
        return AuthorizationDetail.parse(detail);
      } catch (ParseException impossible) {
        throw new IllegalStateException("a detail of our own", impossible);
      }
    }
  }
}
