package org.mekong.registry.caller.token;

import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/** That a token be judged. */
final class AccessTokenRequest extends BaseAuthenticationRequest {

  private final String token;

  AccessTokenRequest(String token) {
    this.token = token;
  }

  String token() {
    return token;
  }
}
