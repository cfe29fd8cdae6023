package org.mekong.resourceserver.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import java.security.Security;
import org.junit.jupiter.api.Test;
import org.mekong.resourceserver.testing.DpopClient;

class NativeCryptographyTest {
  @Test
  void signaturesVerifyWhicheverProviderIsFirst() throws Exception {
    var key = DpopClient.newKey().toECKey();
    JWSObject before = new JWSObject(new JWSHeader(JWSAlgorithm.ES256), new Payload("text"));
    before.sign(new ECDSASigner(key));

    boolean installed = NativeCryptography.install();

    assertEquals(installed, NativeCryptography.install(), "a second call changes nothing");
    assertEquals(installed, Security.getProviders()[0].getName().startsWith("AmazonCorretto"));
    assertTrue(before.verify(new ECDSAVerifier(key.toPublicJWK())));
    JWSObject after = new JWSObject(new JWSHeader(JWSAlgorithm.ES256), new Payload("text"));
    after.sign(new ECDSASigner(key));
    assertTrue(after.verify(new ECDSAVerifier(key.toPublicJWK())));
  }
}
