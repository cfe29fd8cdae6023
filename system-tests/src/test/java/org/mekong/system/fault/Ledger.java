package org.mekong.system.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.mekong.log.tile.EntryBundle;
import org.mekong.log.tile.TileSource;
import org.mekong.log.tile.UrlSource;
import org.mekong.log.verify.LogExpectation;
import org.mekong.log.verify.LogFault;
import org.mekong.log.verify.LogVerifier;
import org.mekong.log.verify.Policy;
import org.mekong.log.verify.VerifiedCheckpoint;

/**
 * The entries of a whole log, each of which was verified.
 *
 * @param entries in their order
 */
public record Ledger(List<JsonNode> entries) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BUNDLES = "tile/entries/";
  private static final int FULL = 256;

  public Ledger {
    entries = List.copyOf(entries);
  }

  /**
   * Reads and verifies a log as anybody can.
   *
   * @throws LogFault when it does not verify
   */
  public static Ledger read(HttpClient client, URI log, Policy policy)
      throws IOException, LogFault {
    Kept kept = new Kept(new UrlSource(client, log));
    VerifiedCheckpoint verified = LogVerifier.verify(kept, LogExpectation.of(policy));
    long size = verified.checkpoint().size();
    List<JsonNode> entries = new ArrayList<>();
    for (byte[] bundle : kept.bundles.values()) {
      int count = (int) Math.min(FULL, size - entries.size());
      for (byte[] entry : EntryBundle.parse(bundle, count).orElseThrow()) {
        entries.add(JSON.readTree(entry));
      }
    }
    if (entries.size() != size) {
      throw new IOException("%d of %d entries were read".formatted(entries.size(), size));
    }
    return new Ledger(entries);
  }

  /** Those of questions that one nation asked another. */
  public Ledger between(String from, String to) {
    return new Ledger(
        entries.stream()
            .filter(entry -> entry.path("from").asText().equals(from))
            .filter(entry -> entry.path("to").asText().equals(to))
            .toList());
  }

  /** Keeps the bundles that the verifier reads. */
  private record Kept(TileSource source, Map<String, byte[]> bundles) implements TileSource {

    Kept(TileSource source) {
      this(source, new TreeMap<>());
    }

    @Override
    public Optional<byte[]> read(String path) throws IOException {
      Optional<byte[]> bytes = source.read(path);
      if (path.startsWith(BUNDLES) && bytes.isPresent()) {
        bundles.put(path.substring(BUNDLES.length()), bytes.get());
      }
      return bytes;
    }
  }
}
