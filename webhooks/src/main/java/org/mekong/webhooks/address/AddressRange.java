package org.mekong.webhooks.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The addresses that begin with the same bits.
 *
 * @param network any of them
 * @param bits how many bits are the same
 */
record AddressRange(byte[] network, int bits) {

  private static final Pattern FORM =
      Pattern.compile("([0-9]+(?:[.][0-9]+){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*)/([0-9]{1,3})");

  AddressRange {
    network = network.clone();
  }

  @Override
  public byte[] network() {
    return network.clone();
  }

  /** A range in the notation of RFC 4632 and RFC 4291: {@code 10.0.0.0/8}, {@code fc00::/7}. */
  static Optional<AddressRange> parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      byte[] network = InetAddress.getByName(matcher.group(1)).getAddress(); // a literal
      int bits = Integer.parseInt(matcher.group(2));
      return bits <= network.length * 8
          ? Optional.of(new AddressRange(network, bits))
          : Optional.empty();
    } catch (UnknownHostException noAddress) {
      return Optional.empty();
    }
  }

  boolean holds(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length != network.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if (((bytes[bit / 8] ^ network[bit / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
