package org.mekong.gateway.lookup.waiting;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A preference is understood however RFC 7240 lets it be written, and never makes a fault. */
class PreferencesProperties {

  @Example
  void itIsReadInEveryFormOfTheStandard() {
    for (String header :
        List.of(
            "respond-async, wait=10",
            "Respond-Async , WAIT = \"10\"",
            "foo; a=\"x, wait=3\"; b, respond-async, wait=10; c=d",
            "respond-async,wait=10,wait=99",
            "return=minimal,respond-async, wait=10")) {
      assertEquals(
          new Preferences(true, Duration.ofSeconds(10)), Preferences.of(List.of(header)), header);
    }
    assertEquals(
        new Preferences(true, Duration.ofSeconds(10)),
        Preferences.of(List.of("wait=10", "respond-async")));
  }

  @Example
  void whatIsNoneIsNone() {
    for (String header :
        List.of("", "respond", "wait", "wait=-1", "\"respond-async\"", "wait=1e3")) {
      assertEquals(new Preferences(false, Duration.ZERO), Preferences.of(List.of(header)), header);
    }
  }

  @Property(tries = 500)
  void anyTextIsRead(@ForAll String header, @ForAll @IntRange(min = 0) int seconds) {
    Preferences unused = Preferences.of(List.of(header));
    assertEquals(
        Duration.ofSeconds(seconds % 1_000_000_000L),
        Preferences.of(List.of("wait=" + seconds % 1_000_000_000)).patience());
  }
}
