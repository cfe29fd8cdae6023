package org.mekong.local.nation;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mekong.local.nation.Nation.Part;
import org.mekong.portal.PortalSettings;

/** The application of a nation that people sign in to: what it holds, and how it is registered. */
public record CitizensPortal(NodeFiles files, Nation nation, int basePort) {
  /** The name of its key, and of the folder with its certificate. */
  static final String NAME = "portal";

  /** The id of its agency and, the same, of the application. */
  static String id(Nation nation) {
    return nation.lower() + "-citizens-portal";
  }

  /** False where the data of a start before there was a portal hold no certificate for it. */
  public boolean hasCertificate() {
    return Files.exists(folder(files, nation).resolve("tls.pem"));
  }

  static Path folder(NodeFiles files, Nation nation) {
    return files.root().resolve(nation.name()).resolve(NAME);
  }

  URI address() {
    return nation.portal(basePort);
  }

  public PortalSettings settings() throws IOException {
    try {
      return new PortalSettings(
          nation.name(),
          address(),
          new Issuer(nation.url(Part.IDENTITY, basePort)),
          new ClientID(id(nation)),
          JWK.parse(Files.readString(files.clients(nation).resolve(NAME + ".jwk"))).toECKey(),
          folder(files, nation),
          files.authority());
    } catch (ParseException unreadable) {
      throw new IOException("the key of the portal is not readable", unreadable);
    }
  }

  Map<String, Object> agency() {
    return Map.of(
        "id",
        id(nation),
        "name",
        nation == Nation.LA ? "ສູນບໍລິການພົນລະເມືອງ" : "Trung tâm dịch vụ công",
        "agencyClass",
        "citizen-services",
        "contact",
        "portal@" + nation.lower() + ".mekong.example");
  }

  Map<String, Object> registration() throws IOException {
    PortalSettings settings = settings();
    Map<String, Object> client = new LinkedHashMap<>();
    client.put("clientId", id(nation));
    client.put("agencyId", id(nation));
    client.put("name", nation == Nation.LA ? "ປະຕູພົນລະເມືອງ" : "Cổng công dân");
    client.put("jwks", new JWKSet(settings.key().toPublicJWK()).toJSONObject());
    client.put("grantTypes", List.of("authorization_code"));
    client.put("scopes", List.of("openid"));
    client.put("resources", List.of(nation.url(Part.REGISTRY, basePort).toString()));
    client.put("redirectUris", List.of(settings.callback().toString()));
    client.put("postLogoutRedirectUris", List.of(settings.signedOut().toString()));
    client.put("backchannelLogoutUri", settings.backChannelLogout().toString());
    return client;
  }
}
