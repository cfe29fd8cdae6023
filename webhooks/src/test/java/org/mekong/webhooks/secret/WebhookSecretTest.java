package org.mekong.webhooks.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class WebhookSecretTest {

  private static final UUID WEBHOOK = UUID.fromString("0193a5b2-7c11-7d33-9a55-000000000001");

  @Test
  void signsTheMessageThatLibrariesOfStandardWebhooksTestWith() {
    WebhookSecret secret =
        new WebhookSecret(Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
    assertEquals(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        secret.sign(
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            "{\"test\": 2432232314}".getBytes(UTF_8)));
  }

  @Test
  void isLongEnoughAndNeverTheSame() {
    String one = WebhookSecret.generate().shown();
    assertEquals(32, Base64.getDecoder().decode(one.substring("whsec_".length())).length);
    assertNotEquals(one, WebhookSecret.generate().shown());
    assertFalse(WebhookSecret.generate().toString().contains("whsec_"));
  }

  @Test
  void opensUnderItsKeyAndForItsWebhookAlone() throws SecretSeal.Unreadable {
    SecretSeal seal = seal(1);
    WebhookSecret secret = WebhookSecret.generate();
    byte[] sealed = seal.seal(WEBHOOK, secret);
    assertEquals(secret.shown(), seal(1).open(WEBHOOK, sealed).shown());
    assertEquals(
        List.of(secret.shown(), secret.shown()),
        seal.openAll(WEBHOOK, List.of(sealed, sealed)).stream().map(WebhookSecret::shown).toList());
    assertThrows(SecretSeal.Unreadable.class, () -> seal(2).open(WEBHOOK, sealed));
    assertThrows(SecretSeal.Unreadable.class, () -> seal.open(UUID.randomUUID(), sealed));
    sealed[sealed.length - 1] ^= 1;
    assertThrows(SecretSeal.Unreadable.class, () -> seal.open(WEBHOOK, sealed));
    assertThrows(SecretSeal.Unreadable.class, () -> seal.open(WEBHOOK, new byte[3]));
  }

  private static SecretSeal seal(int key) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) key;
    return new SecretSeal(new SecretKeySpec(bytes, "AES"));
  }
}
