package org.mekong.log.tile;

import java.util.HashMap;
import java.util.Map;
import org.mekong.log.merkle.NodeSource;

/**
 * The nodes of a tree that is stored in tiles. Remembers the tiles it has read, so one instance is
 * for one proof or so; not thread-safe.
 *
 * @param <X> what reading a tile may throw
 */
public final class TiledTree<X extends Exception> implements NodeSource<X> {
  private final Reader<X> reader;
  private final Map<Place, TileNodes> read = new HashMap<>();

  public TiledTree(Reader<X> reader) {
    this.reader = reader;
  }

  @Override
  public byte[] node(int height, long index) throws X {
    int level = height / TilePath.HEIGHT;
    int within = height % TilePath.HEIGHT;
    int shift = TilePath.HEIGHT - within;
    Place place = new Place(level, index >>> shift);
    TileNodes tile = read.get(place);
    if (tile == null) {
      tile = reader.tile(level, place.index());
      read.put(place, tile);
    }
    return tile.node(within, (int) (index & ((1L << shift) - 1)));
  }

  /**
   * Reads tiles.
   *
   * @param <X> what reading may throw
   */
  @FunctionalInterface
  public interface Reader<X extends Exception> {
    /** The tile at this place, at least as wide as the tree that is asked about needs it. */
    TileNodes tile(int level, long index) throws X;
  }

  private record Place(int level, long index) {}
}
