package org.mekong.registry.caller;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.mekong.registry.problem.Problem;

/** The caller of this request, from what they proved. */
@RequestScoped
public class CurrentCaller {

  private final SecurityIdentity identity;

  CurrentCaller(SecurityIdentity identity) {
    this.identity = identity;
  }

  /** The caller; only where an operation is allowed to somebody. */
  public Caller get() {
    if (identity.hasRole(Roles.GATEWAY)) {
      return new Caller.Gateway();
    }
    if (identity.getPrincipal() instanceof JsonWebToken token) {
      return agency(token);
    }
    throw Problem.FORBIDDEN.because("The caller is neither an agency nor the gateway.");
  }

  /** The token was verified before it came here; this reads it with its types. */
  private static Caller.Agency agency(JsonWebToken token) {
    try {
      JWTClaimsSet claims = SignedJWT.parse(token.getRawToken()).getJWTClaimsSet();
      String client = claims.getStringClaim("client_id");
      if (client == null) {
        throw Problem.INVALID_TOKEN.because("The access token names no client.");
      }
      List<Grant> grants = new ArrayList<>();
      List<Object> details = claims.getListClaim("authorization_details");
      for (Object detail : details == null ? List.of() : details) {
        Grant.of(asObject(detail)).ifPresent(grants::add);
      }
      String agency = Objects.requireNonNullElse(claims.getStringClaim("agency"), client);
      return new Caller.Agency(client, agency, grants);
    } catch (ParseException e) {
      throw Problem.INVALID_TOKEN.because("The access token's claims have wrong types.");
    }
  }

  private static Map<String, Object> asObject(Object detail) throws ParseException {
    return detail instanceof Map<?, ?> map
        ? JSONObjectUtils.parse(JSONObjectUtils.toJSONString(strings(map)))
        : Map.of();
  }

  @SuppressWarnings("unchecked") // a JSON object has text keys
  private static Map<String, Object> strings(Map<?, ?> map) {
    return (Map<String, Object>) map;
  }
}
