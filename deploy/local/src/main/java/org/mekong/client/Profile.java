package org.mekong.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an agency's system holds: who it is, where its own country's doors are, and the keys that it
 * trusts. All file names are relative to the profile's own folder.
 *
 * @param clientId the client as its country's identity-service registered it
 * @param issuer the identity-service of the agency's own country
 * @param gateway the gateway of the agency's own country; the only one that an agency ever talks to
 * @param registry the register of the agency's own country, for those who bring persons to it or
 *     take many out
 * @param keyFile the client's private key, a JWK; it signs client assertions and DPoP proofs
 * @param caFile PEM certificates of the authorities that the two doors' TLS certificates come from
 * @param answerKeys by country, the file with the JWKS that signs this country's answers
 * @param policyFile the logs whose receipts are believed, a C2SP tlog-policy file
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Profile(
    String clientId,
    URI issuer,
    URI gateway,
    @Nullable URI registry,
    String keyFile,
    String caFile,
    Map<String, String> answerKeys,
    String policyFile) {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  public Profile {
    answerKeys = Map.copyOf(answerKeys);
  }

  /** A profile together with the folder that its file names are relative to. */
  public record Loaded(Profile profile, Path folder) {

    /** The client's private key. */
    public JWK key() throws IOException {
      try {
        return JWK.parse(Files.readString(file(profile.keyFile())));
      } catch (ParseException e) {
        throw new IOException(file(profile.keyFile()) + " is not a JWK: " + e.getMessage(), e);
      }
    }

    /** The keys that sign the answers of {@code country}; empty where none are pinned. */
    public JWKSet answerKeys(String country) throws IOException {
      String name = profile.answerKeys().get(country);
      if (name == null) {
        return new JWKSet(List.of());
      }
      try {
        return JWKSet.parse(Files.readString(file(name)));
      } catch (ParseException e) {
        throw new IOException(file(name) + " is not a JWKS: " + e.getMessage(), e);
      }
    }

    /** The folder's file of this name. */
    public Path file(String name) {
      return folder.resolve(name);
    }
  }

  /**
   * Reads a profile.
   *
   * @throws IOException naming the file and what is wrong with it
   */
  public static Loaded load(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IOException(
          "no client profile at "
              + file
              + ": run deploy/local/up first, or name one with --profile");
    }
    try {
      Profile profile = JSON.readValue(Files.readString(file), Profile.class);
      return new Loaded(profile, file.toAbsolutePath().getParent());
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      throw new IOException(file + " is not a client profile: " + e.getOriginalMessage(), e);
    }
  }

  /** Writes this profile as JSON to {@code file}. */
  public void save(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
  }
}
