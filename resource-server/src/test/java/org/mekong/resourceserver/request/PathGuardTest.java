package org.mekong.resourceserver.request;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathGuardTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "admin/v1",
        "http://localhost/admin",
        "//admin",
        "/a//b",
        "/a;b",
        "/a;b=c/d",
        "/a%3Bb",
        "/a%3bb",
        "/a%2Fb",
        "/a%2fb",
        "/a%5Cb",
        "/a\\b",
        "/./a",
        "/a/../b",
        "/..",
        "/.",
        "/a/.",
        "/%2e%2e/b",
        "/.%2E/b",
        "/a%2Eb",
        "/a%252Fb",
        "/a%25",
        "/a%00b",
        "/a%0a",
        "/a%7F",
        "/a%",
        "/a%4",
        "/a%zz",
        "/a%+1",
        "/a%C0%AF",
        "/a%FF",
        "/a%ED%A0%80",
        "/a b",
        "/a\tb",
        "/ma\u0301",
        "/a#b",
        "/a?b=%zz",
        "/a?b=%00",
        "/a?b=%FF",
        "/a?b=\u0000"
      })
  void refuses(String target) {
    assertThrows(RefusedPath.class, () -> PathGuard.check(target));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/v1/persons/0199-ab",
        "/log/2026/tile/0/x001/067.p/5",
        "/.well-known/openid-configuration",
        "/q/health/ready",
        "/v1/x?purpose=a%20b&c=%2F..;",
        "/t%C3%AAn",
        "/a..b",
        "/...",
        "/a/"
      })
  void accepts(String target) {
    assertDoesNotThrow(() -> PathGuard.check(target));
  }
}
