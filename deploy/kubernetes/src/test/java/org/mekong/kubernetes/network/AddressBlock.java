package org.mekong.kubernetes.network;

import com.fasterxml.jackson.databind.JsonNode;

/** An {@code ipBlock} of a network policy: IPv4 in CIDR notation, without exceptions. */
record AddressBlock(JsonNode tree) {

  AddressBlock {
    if (tree.has("except")) {
      throw new IllegalArgumentException("exceptions of an ipBlock are not handled: " + tree);
    }
  }

  boolean holds(String address) {
    String cidr = tree.path("cidr").asText();
    int slash = cidr.indexOf('/');
    int bits = Integer.parseInt(cidr.substring(slash + 1));
    long mask = bits == 0 ? 0 : 0xFFFFFFFFL << (32 - bits) & 0xFFFFFFFFL;
    return (number(cidr.substring(0, slash)) & mask) == (number(address) & mask);
  }

  private static long number(String address) {
    String[] parts = address.split("\\.", -1);
    if (parts.length != 4) {
      throw new IllegalArgumentException("no IPv4 address: " + address);
    }
    long number = 0;
    for (String part : parts) {
      number = number << 8 | Integer.parseInt(part);
    }
    return number;
  }
}
