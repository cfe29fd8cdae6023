package org.mekong.resourceserver.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever passes has one reading; whatever is slipped in is found wherever it stands. */
class PathGuardProperties {

  @Property(tries = 5000)
  void whatPassesHasOneReading(@ForAll("targets") String target) {
    try {
      PathGuard.check(target);
    } catch (RefusedPath refused) {
      return;
    }
    URI uri = URI.create(target);
    String path = uri.getRawPath();
    assertEquals(path, uri.normalize().getRawPath(), "normalising changes nothing");
    String decoded = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    assertEquals(decoded, uri.getPath(), "two decoders agree");
    assertEquals(
        path.split("/", -1).length, decoded.split("/", -1).length, "decoding makes no segments");
    assertEquals(-1, decoded.indexOf(';'));
    assertEquals(
        decoded,
        URLDecoder.decode(decoded.replace("+", "%2B"), StandardCharsets.UTF_8),
        "decoding twice changes nothing");
  }

  @Property
  void whatIsSlippedInIsFound(
      @ForAll("paths") String path, @ForAll("forbidden") String piece, @ForAll double where) {
    int at = 1 + (int) (Math.abs(where % 1) * path.length());
    String target = path.substring(0, Math.min(at, path.length())) + piece + "tail";

    assertThrows(RefusedPath.class, () -> PathGuard.check(target));
  }

  @Property
  void anyTextIsAcceptedOrRefused(@ForAll String target) {
    try {
      PathGuard.check(target);
    } catch (RefusedPath refused) {
      assertEquals(false, refused.getMessage().isBlank());
    }
  }

  @Provide
  Arbitrary<String> targets() {
    return Arbitraries.of(
            "/", "a", ".", "..", "%2e", "%2F", "%5c", ";", "%3b", "%25", "2f", "%", "+", "?",
            "%C3%AA", "%c0", "~", "x=1", "&", "%00", "%41")
        .list()
        .ofMaxSize(8)
        .map(pieces -> "/" + String.join("", pieces));
  }

  @Provide
  Arbitrary<String> paths() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .ofMinLength(1)
        .ofMaxLength(8)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(segments -> "/" + String.join("/", segments));
  }

  @Provide
  Arbitrary<String> forbidden() {
    return Arbitraries.of(
        ";", "%3B", "%3b", "%2F", "%2f", "%5C", "%5c", "\\", "//", "/./", "/../", "%2E", "%2e%2e/",
        "%00", "%0D%0A", "%25", "%252F", "%FF", "%zz", " ", "#", "\u0000", "\u00ea");
  }
}
