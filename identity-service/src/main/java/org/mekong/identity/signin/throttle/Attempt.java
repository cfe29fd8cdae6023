package org.mekong.identity.signin.throttle;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.mekong.identity.account.Accounts;

/**
 * Somebody tries to sign in.
 *
 * @param login the number or name in the one form that it is counted in
 * @param network from where: an IPv4 address, or the /64 of an IPv6 address
 * @param device the secret of the browser's device cookie
 */
public record Attempt(String login, String network, Optional<String> device) {
  private static final int LONGEST_LOGIN = 100;
  private static final int IPV6_NETWORK_BYTES = 8;

  /**
   * An attempt as it came.
   *
   * @param typed the number or name
   * @param address the caller's, as text
   */
  public static Attempt of(String typed, String address, Optional<String> device) {
    String login = Accounts.personalNumber(typed).orElse(typed.strip().toLowerCase(Locale.ROOT));
    return new Attempt(
        login.substring(0, Math.min(login.length(), LONGEST_LOGIN)), network(address), device);
  }

  private static String network(String address) {
    try {
      byte[] bytes = InetAddress.getByName(address).getAddress(); // an address needs no look-up
      return HexFormat.of()
          .formatHex(bytes.length == 4 ? bytes : Arrays.copyOf(bytes, IPV6_NETWORK_BYTES));
    } catch (UnknownHostException unknown) {
      return "";
    }
  }

  /** What somebody typed is in no log. */
  @Override
  public String toString() {
    return "Attempt";
  }
}
