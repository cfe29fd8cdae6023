package org.mekong.gateway.exchange.past;

import java.io.IOException;
import java.io.Serial;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mekong.gateway.peer.Peer;
import org.mekong.gateway.transport.Reply;
import org.mekong.gateway.transport.TransportException;
import org.mekong.log.merkle.MerkleHash;
import org.mekong.log.merkle.MerkleTree;
import org.mekong.log.tile.TileNodes;
import org.mekong.log.tile.TilePath;
import org.mekong.log.tile.TiledTree;

/** The tree that a peer's gateway publishes of its log (C2SP tlog-tiles). For one thread. */
final class PublishedTree {

  private static final Pattern ORIGIN = Pattern.compile("[^/]+/gateway/([0-9]{4})");
  private static final Set<Integer> NOT_FOUND = Set.of(404, 410);
  private static final int LARGEST_TILE = TilePath.FULL_WIDTH * MerkleHash.LENGTH;

  /** The peer publishes less than its log has signed. */
  static final class NotThere extends IOException {

    @Serial private static final long serialVersionUID = 1L;

    NotThere(String what) {
      super(what + " is not published");
    }
  }

  private final Peer peer;
  private final URI log;
  private final long deadline;

  private PublishedTree(Peer peer, URI log, Duration within) {
    this.peer = peer;
    this.log = log;
    this.deadline = System.nanoTime() + within.toNanos();
  }

  /** Whether the log of this origin is a gateway's, which publishes it where peers call it. */
  static boolean holds(String origin) {
    return ORIGIN.matcher(origin).matches();
  }

  /**
   * Looks for checkpoints in the published tree.
   *
   * @param known that the others are held against; one of the same log
   * @param within time for all of it
   * @throws Forked where the tree holds one and not another
   * @throws NotThere where the tree is not as large as one of them says
   * @throws IOException when the tree cannot be read
   */
  static void require(Peer peer, Seen known, List<Seen> others, Duration within)
      throws Forked, IOException {
    Matcher origin = ORIGIN.matcher(known.origin());
    if (!origin.matches()) {
      throw new IOException("the log " + known.origin() + " is not published by a gateway");
    }
    URI log = peer.url().resolve("/log/" + origin.group(1) + "/");
    new PublishedTree(peer, log, within).require(known, others);
  }

  private void require(Seen known, List<Seen> others) throws Forked, IOException {
    long size = others.stream().mapToLong(Seen::size).reduce(known.size(), Math::max);
    TiledTree<IOException> tree = new TiledTree<>((level, index) -> tile(level, index, size));
    boolean knownIsThere = known.hasRoot(MerkleTree.root(known.size(), tree));
    for (Seen each : others) {
      if (!knownIsThere || !each.hasRoot(MerkleTree.root(each.size(), tree))) {
        throw new Forked(known, each);
      }
    }
  }

  private TileNodes tile(int level, long index, long size) throws IOException {
    TilePath path =
        TilePath.hashes(level, index, size).orElseThrow(() -> new IOException("no such tile"));
    try {
      Reply reply =
          peer.caller()
              .get(
                  log.resolve(path.toString()),
                  Map.of(),
                  Duration.ofNanos(deadline - System.nanoTime()),
                  LARGEST_TILE);
      if (NOT_FOUND.contains(reply.status())) {
        throw new NotThere(log + path.toString());
      }
      if (reply.status() != 200 || reply.body().length != path.width() * MerkleHash.LENGTH) {
        throw new IOException(path + ": status " + reply.status());
      }
      return TileNodes.of(reply.body());
    } catch (TransportException e) {
      throw new IOException(path + " cannot be read", e);
    }
  }
}
