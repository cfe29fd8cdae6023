package org.mekong.webhooks.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the addresses of a host and refuses hosts with any that is not public: private, local to
 * the machine or the link, shared, for documentation, or such that carry an address of IPv4 within
 * (IANA's registries of special-purpose addresses, RFC 6890). Whoever connects takes the address
 * that was judged here and asks no name server again. Thread-safe.
 */
public final class AddressGuard {

  private static final List<AddressRange> SPECIAL =
      ranges(
          "special",
          List.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.88.99.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "224.0.0.0/3",
              "2001::/23",
              "2001:db8::/32",
              "2002::/16",
              "3fff::/20"));

  private static final List<AddressRange> GLOBAL_V6 = ranges("global", List.of("2000::/3"));

  private final Resolver resolver;
  private final List<AddressRange> allowed;

  /** Finds the addresses of a host. */
  @FunctionalInterface
  public interface Resolver {

    /** All of them. */
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  /** A host may not be connected to, or has no address. */
  public static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Rule {
      UNKNOWN_HOST,
      PRIVATE_ADDRESS
    }

    private final Rule rule;

    Refused(Rule rule) {
      super("The host is refused: " + rule);
      this.rule = rule;
    }

    /** Why. */
    public Rule rule() {
      return rule;
    }
  }

  /**
   * A guard that asks a resolver.
   *
   * @param property where an operator sets what is allowed
   * @param allowed ranges that are let through although they are special
   * @throws IllegalStateException naming the property, when one of them is no range
   */
  public AddressGuard(String property, List<String> allowed, Resolver resolver) {
    this.allowed = ranges(property, allowed);
    this.resolver = resolver;
  }

  /** The addresses of a host, every one of which may be connected to. */
  public List<InetAddress> addresses(String host) throws Refused {
    List<InetAddress> found;
    try {
      found = List.of(resolver.resolve(host));
    } catch (UnknownHostException e) {
      throw new Refused(Refused.Rule.UNKNOWN_HOST);
    }
    if (found.isEmpty()) {
      throw new Refused(Refused.Rule.UNKNOWN_HOST);
    }
    if (!found.stream().allMatch(this::isOpen)) {
      throw new Refused(Refused.Rule.PRIVATE_ADDRESS);
    }
    return found;
  }

  private boolean isOpen(InetAddress address) {
    if (isIn(allowed, address)) {
      return true;
    }
    boolean v6 = address.getAddress().length > 4;
    return !isIn(SPECIAL, address) && (!v6 || isIn(GLOBAL_V6, address));
  }

  private static boolean isIn(List<AddressRange> ranges, InetAddress address) {
    return ranges.stream().anyMatch(range -> range.holds(address));
  }

  private static List<AddressRange> ranges(String property, List<String> texts) {
    List<AddressRange> ranges = new ArrayList<>();
    for (String text : texts) {
      ranges.add(
          AddressRange.parse(text)
              .orElseThrow(
                  () -> new IllegalStateException(property + ": " + text + " is no range")));
    }
    return List.copyOf(ranges);
  }
}
