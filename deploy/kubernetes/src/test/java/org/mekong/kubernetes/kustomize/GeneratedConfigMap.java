package org.mekong.kubernetes.kustomize;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.mekong.kubernetes.manifest.Manifest;

/**
 * The suffix that kustomize gives to the name of a generated ConfigMap, made of its content: a
 * changed configuration is a new name, and a new name restarts the pods that use it.
 */
final class GeneratedConfigMap {

  private GeneratedConfigMap() {}

  /**
   * Ten letters and digits out of the SHA-256 of the map's JSON, in which kustomize leaves the name
   * empty.
   */
  static String suffix(Manifest configMap) {
    Map<String, String> data = new TreeMap<>(Manifest.strings(configMap.at("/data")));
    String json =
        data.entrySet().stream()
            .map(e -> text(e.getKey()) + ":" + text(e.getValue()))
            .collect(
                Collectors.joining(",", "{\"data\":{", "},\"kind\":\"ConfigMap\",\"name\":\"\"}"));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of()
          .formatHex(digest)
          .substring(0, 10)
          .replace('0', 'g')
          .replace('1', 'h')
          .replace('3', 'k')
          .replace('a', 'm')
          .replace('e', 't');
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A JSON string as Go writes it, which escapes three more characters. */
  private static String text(String value) {
    String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(value));
    return "\""
        + quoted
            .replace("&", "\\u0026")
            .replace("<", "\\u003c")
            .replace(">", "\\u003e")
            .replace("\u2028", "\\u2028")
            .replace("\u2029", "\\u2029")
        + "\"";
  }
}
