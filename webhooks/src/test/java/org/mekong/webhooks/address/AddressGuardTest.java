package org.mekong.webhooks.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mekong.webhooks.address.AddressGuard.Refused;

class AddressGuardTest {

  private static final String PROPERTY = "registry.webhook.allowed-ranges";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.192",
        "192.168.1.1",
        "198.18.0.1",
        "203.0.113.7",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "2001::1",
        "2001:db8::1",
        "2002:a9fe:a9fe::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1"
      })
  void refusesWhatIsNotPublic(String address) {
    assertRefused(new AddressGuard(PROPERTY, List.of(), InetAddress::getAllByName), address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "172.32.0.1",
        "192.0.1.1",
        "223.255.255.255",
        "2606:4700::1111",
        "2001:200::1"
      })
  void letsPublicAddressesThrough(String address) throws Refused {
    AddressGuard guard = new AddressGuard(PROPERTY, List.of(), InetAddress::getAllByName);
    assertEquals(1, guard.addresses(address).size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"2130706433", "0x7f000001", "127.1", "017700000001"})
  void refusesOtherSpellingsOfTheMachineItself(String address) {
    assertThrows(
        Refused.class,
        () -> new AddressGuard(PROPERTY, List.of(), InetAddress::getAllByName).addresses(address));
  }

  @Test
  void oneBadAddressAmongManyIsEnough() {
    AddressGuard guard = new AddressGuard(PROPERTY, List.of(), host -> of("1.1.1.1", "10.0.0.1"));
    assertRefused(guard, "agency.example");
  }

  @Test
  void asksAnewEachTimeSoThatANameThatTurnsInwardsIsCaught() throws Refused {
    Deque<String> answers = new ArrayDeque<>(List.of("1.1.1.1", "169.254.169.254"));
    AddressGuard guard = new AddressGuard(PROPERTY, List.of(), host -> of(answers.removeFirst()));
    assertEquals("1.1.1.1", guard.addresses("agency.example").getFirst().getHostAddress());
    assertRefused(guard, "agency.example");
  }

  @Test
  void allowedRangesAreOpenAndNothingBeside() throws Refused {
    AddressGuard guard =
        new AddressGuard(PROPERTY, List.of("10.20.0.0/16", "fd12::/16"), InetAddress::getAllByName);
    assertEquals(1, guard.addresses("10.20.255.1").size());
    assertEquals(1, guard.addresses("fd12::7").size());
    assertRefused(guard, "10.21.0.1");
    assertRefused(guard, "fd13::7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0", "10.0.0.0/33", "localhost/8", "::/129", "1.2.3/8", "abc/8"})
  void aRangeThatIsNoneStopsTheStart(String range) {
    IllegalStateException refused =
        assertThrows(
            IllegalStateException.class,
            () -> new AddressGuard(PROPERTY, List.of(range), InetAddress::getAllByName));
    assertEquals(PROPERTY + ": " + range + " is no range", refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://agency.example/",
        "ftp://agency.example/",
        "https:///path",
        "https://user@agency.example/",
        "https://user:word@agency.example/",
        "https://agency.example/#part",
        "https://agency.example:0/",
        "https://agency.example:65536/",
        "https://agency.example/ä",
        "https://agency .example/",
        "//agency.example/",
        "agency.example",
        ""
      })
  void refusesOtherUrls(String url) {
    assertTrue(Target.parse(url).isEmpty());
  }

  @Test
  void readsTheParts() {
    assertEquals(
        new Target("agency.example", 443, "/"), Target.parse("https://agency.example").get());
    assertEquals(
        new Target("2001:db8::1", 8443, "/in?a=b"),
        Target.parse("https://[2001:db8::1]:8443/in?a=b").get());
    assertTrue(Target.parse("https://agency.example/" + "x".repeat(2048)).isEmpty());
  }

  private static InetAddress[] of(String... addresses) throws UnknownHostException {
    InetAddress[] found = new InetAddress[addresses.length];
    for (int i = 0; i < addresses.length; i++) {
      found[i] = InetAddress.getByName(addresses[i]);
    }
    return found;
  }

  private static void assertRefused(AddressGuard guard, String host) {
    Refused refused = assertThrows(Refused.class, () -> guard.addresses(host));
    assertEquals(Refused.Rule.PRIVATE_ADDRESS, refused.rule());
  }
}
