package org.mekong.resourceserver.sender;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.util.X509CertUtils;
import java.net.URI;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mekong.resourceserver.dpop.DpopProofVerifier;
import org.mekong.resourceserver.request.AccessRefused;
import org.mekong.resourceserver.request.AccessRule;
import org.mekong.resourceserver.request.ProtectedRequest;
import org.mekong.resourceserver.singleuse.InMemorySingleUseStore;
import org.mekong.resourceserver.testing.DpopClient;
import org.mekong.resourceserver.token.VerifiedAccess;

/** Whoever uses a token shows that it is theirs, by the key or by the certificate in it. */
class SenderVerifierTest {
  private static final Instant NOW = Instant.parse("2026-11-21T09:30:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final URI ASKED = URI.create("https://registry.example/v1/persons/7");
  private static final String TOKEN = "header.payload.signature";
  private static final String DPOP = "DPoP " + TOKEN;
  private static final String BEARER = "Bearer " + TOKEN;
  private static final DpopClient CLIENT =
      new DpopClient(DpopClient.newKey(), JWSAlgorithm.ES256, CLOCK);
  private static final X509Certificate OURS = certificate(0);
  private static final X509Certificate OTHER = certificate(1);

  private final InMemorySingleUseStore store = new InMemorySingleUseStore();
  private final SenderVerifier verifier = new SenderVerifier(new DpopProofVerifier(store, CLOCK));

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("refusals")
  void refuses(AccessRule rule, String what, VerifiedAccess access, ProtectedRequest request) {
    AccessRefused refused =
        assertThrows(AccessRefused.class, () -> verifier.verify(request, access));

    assertEquals(rule, refused.rule());
    assertEquals(0, store.size(), "a refused request spends nothing");
  }

  static Stream<Arguments> refusals() {
    VerifiedAccess toKey = access(CLIENT.thumbprint(), "");
    VerifiedAccess toCertificate = access("", thumbprint(OURS));
    VerifiedAccess toBoth = access(CLIENT.thumbprint(), thumbprint(OURS));
    return Stream.of(
        refusal(AccessRule.TOKEN_UNBOUND, "bound to nothing", access("", ""), DPOP, true, OURS),
        refusal(AccessRule.TOKEN_AS_BEARER, "nothing, Bearer", access("", ""), BEARER, false, OURS),
        refusal(AccessRule.TOKEN_AS_BEARER, "a key, Bearer", toKey, BEARER, true, OURS),
        refusal(AccessRule.CERTIFICATE_MISSING, "none", toCertificate, BEARER, false, null),
        refusal(AccessRule.CERTIFICATE_OTHER, "another", toCertificate, BEARER, false, OTHER),
        refusal(AccessRule.TOKEN_UNBOUND, "certificate, DPoP", toCertificate, DPOP, true, OURS),
        refusal(AccessRule.PROOF_MISSING, "both, without proof", toBoth, DPOP, false, OURS),
        refusal(AccessRule.TOKEN_AS_BEARER, "both, as Bearer", toBoth, BEARER, true, OURS),
        refusal(AccessRule.CERTIFICATE_MISSING, "both, by key alone", toBoth, DPOP, true, null));
  }

  @Test
  void takesATokenOverTheConnectionOfItsCertificateAndSpendsNothing() throws Exception {
    verifier.verify(request(BEARER, false, OURS), access("", thumbprint(OURS)));

    assertEquals(0, store.size());
  }

  @Test
  void takesATokenWithAProofOfItsKeyWhateverCertificateIsShown() throws Exception {
    verifier.verify(request(DPOP, true, OTHER), access(CLIENT.thumbprint(), ""));

    assertEquals(1, store.size());
  }

  @Test
  void takesATokenBoundToBothWithBoth() throws Exception {
    verifier.verify(request(DPOP, true, OURS), access(CLIENT.thumbprint(), thumbprint(OURS)));

    assertEquals(1, store.size());
  }

  private static Arguments refusal(
      AccessRule rule,
      String what,
      VerifiedAccess access,
      String authorization,
      boolean proven,
      X509Certificate shown) {
    return Arguments.of(rule, what, access, request(authorization, proven, shown));
  }

  private static ProtectedRequest request(
      String authorization, boolean proven, X509Certificate shown) {
    return new ProtectedRequest(
        "GET",
        ASKED,
        List.of(authorization),
        proven ? List.of(CLIENT.proof("GET", ASKED, TOKEN)) : List.of(),
        Optional.ofNullable(shown));
  }

  private static VerifiedAccess access(String key, String certificate) {
    return new VerifiedAccess(
        TOKEN, "client", "client", Set.of(), List.of(), key, certificate, NOW, Map.of());
  }

  private static String thumbprint(X509Certificate certificate) {
    return X509CertUtils.computeSHA256Thumbprint(certificate).toString();
  }

  /** Any two real certificates serve; the machine's trusted authorities are at hand. */
  private static X509Certificate certificate(int index) {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      return ((X509TrustManager) factory.getTrustManagers()[0]).getAcceptedIssuers()[index];
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
