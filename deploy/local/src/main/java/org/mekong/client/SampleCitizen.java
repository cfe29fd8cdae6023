package org.mekong.client;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.util.encoders.Base32;

/**
 * An invented citizen who can sign in on this machine.
 *
 * @param personalNumber in the register of their nation
 * @param totpSecret secret of one-time codes (RFC 6238), base32, as an authenticator takes it
 */
public record SampleCitizen(
    String name, String personalNumber, String password, String totpSecret) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Where those of a nation stand; readable by its owner alone. */
  public static Path file(Path data, String nation) {
    return data.resolve(nation).resolve("citizens.json");
  }

  /** Reads a file of them. */
  public static List<SampleCitizen> read(Path file) throws IOException {
    return List.of(JSON.readValue(Files.readString(file), SampleCitizen[].class));
  }

  /** The one-time code of a moment. */
  public String oneTimeCode(Instant moment) {
    TimeBasedOneTimePasswordGenerator codes = new TimeBasedOneTimePasswordGenerator();
    try {
      return codes.generateOneTimePasswordString(
          new SecretKeySpec(Base32.decode(totpSecret), codes.getAlgorithm()), moment);
    } catch (InvalidKeyException impossible) {
      throw new IllegalStateException("a secret of any length will do", impossible);
    }
  }

  /** Names nobody and nothing. */
  @Override
  public String toString() {
    return "SampleCitizen";
  }
}
