package org.mekong.resourceserver.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProtectedRequestTest {
  private static final String URL = "https://registry.example/v1/persons/7";

  @ParameterizedTest(name = "{0}: {1} {2}")
  @MethodSource("refusals")
  void refuses(AccessRule rule, String uri, List<String> authorization) {
    ProtectedRequest request =
        new ProtectedRequest("GET", URI.create(uri), authorization, List.of());

    assertEquals(rule, assertThrows(AccessRefused.class, request::token).rule());
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(AccessRule.TOKEN_MISSING, URL, List.of()),
        Arguments.of(AccessRule.TOKEN_MISSING, URL, List.of("")),
        Arguments.of(AccessRule.TOKEN_MISSING, URL, List.of("Basic dTpw")),
        Arguments.of(AccessRule.TOKEN_MALFORMED, URL, List.of("DPoP")),
        Arguments.of(AccessRule.TOKEN_MALFORMED, URL, List.of("DPoP a b")),
        Arguments.of(AccessRule.TOKEN_MALFORMED, URL, List.of("DPoP a,DPoP b")),
        Arguments.of(AccessRule.TOKEN_TOO_LARGE, URL, List.of("DPoP " + "a".repeat(9000))),
        Arguments.of(AccessRule.TOKEN_DUPLICATED, URL, List.of("DPoP a", "DPoP b")),
        Arguments.of(AccessRule.TOKEN_AS_BEARER, URL, List.of("Bearer a")),
        Arguments.of(AccessRule.TOKEN_AS_BEARER, URL, List.of("bearer a")),
        Arguments.of(AccessRule.TOKEN_IN_QUERY, URL + "?access_token=a", List.of("DPoP a")),
        Arguments.of(AccessRule.TOKEN_IN_QUERY, URL + "?x=1&access_token", List.of()),
        Arguments.of(AccessRule.TOKEN_IN_QUERY, URL + "?%61ccess_token=a", List.of()));
  }

  @Test
  void readsTheTokenWhateverTheCaseOfTheScheme() throws Exception {
    ProtectedRequest request =
        new ProtectedRequest("GET", URI.create(URL + "?q=1"), List.of("dpop abc"), List.of());

    assertEquals("abc", request.token());
  }
}
