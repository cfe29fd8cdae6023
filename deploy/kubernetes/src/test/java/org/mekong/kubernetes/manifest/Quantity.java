package org.mekong.kubernetes.manifest;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Amounts as Kubernetes writes them: {@code 500m}, {@code 2}, {@code 512Mi}, {@code 1.5Gi}, {@code
 * 2e3}.
 */
public final class Quantity {

  private static final Pattern FORM =
      Pattern.compile("([+-]?[0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)(m|k|M|G|T|Ki|Mi|Gi|Ti)?");

  private static final Map<String, BigDecimal> UNITS =
      Map.of(
          "m", new BigDecimal("0.001"),
          "k", BigDecimal.TEN.pow(3),
          "M", BigDecimal.TEN.pow(6),
          "G", BigDecimal.TEN.pow(9),
          "T", BigDecimal.TEN.pow(12),
          "Ki", BigDecimal.TWO.pow(10),
          "Mi", BigDecimal.TWO.pow(20),
          "Gi", BigDecimal.TWO.pow(30),
          "Ti", BigDecimal.TWO.pow(40));

  private Quantity() {}

  /**
   * @throws IllegalArgumentException when the text is no quantity
   */
  public static BigDecimal of(String text) {
    var match = FORM.matcher(text);
    if (!match.matches()) {
      throw new IllegalArgumentException("no quantity: " + text);
    }
    var amount = new BigDecimal(match.group(1));
    return match.group(2) == null ? amount : amount.multiply(UNITS.get(match.group(2)));
  }
}
