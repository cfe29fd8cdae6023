package org.mekong.log.year;

import java.nio.file.Path;
import java.util.Optional;
import org.mekong.log.note.NoteException;
import org.mekong.log.note.NoteSigner;

/**
 * The private keys of a service's logs, one a year, in files.
 *
 * @param originPrefix what the origin of each log starts with, before the year: {@code
 *     vn.mekong.example/registry/}
 * @param file the file of a year; {@code {year}} in its path stands for the year
 */
public record LogKeys(String originPrefix, KeyFile file) {
  private static final String YEAR = "{year}";

  public LogKeys {
    if (!originPrefix.endsWith("/")) {
      throw new IllegalArgumentException("an origin's prefix ends in a slash: " + originPrefix);
    }
  }

  /** The origin of a year's log. */
  public String origin(int year) {
    return originPrefix + year;
  }

  /** Where the key of a year is looked for. */
  public Path path(int year) {
    return Path.of(file.path().toString().replace(YEAR, Integer.toString(year)));
  }

  /**
   * The key of a year; made when it is absent and may be made. A file that holds the key of another
   * year is none: where the path names no year, a node has one key, and no log of the next year.
   *
   * @return empty when there is none
   * @throws IllegalStateException naming the property, when the file holds no log key of this
   *     service
   */
  public Optional<NoteSigner> find(int year) {
    Path path = path(year);
    Optional<String> text =
        new KeyFile(file.property(), path, file.generate())
            .read(() -> NoteSigner.generate(origin(year)).encoded());
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      NoteSigner signer = NoteSigner.parse(text.get());
      if (!signer.name().startsWith(originPrefix)
          || (file.path().toString().contains(YEAR) && !signer.name().equals(origin(year)))) {
        throw new IllegalStateException(
            "%s: %s is the key of %s, not of %s"
                .formatted(file.property(), path, signer.name(), origin(year)));
      }
      return signer.name().equals(origin(year)) ? Optional.of(signer) : Optional.empty();
    } catch (NoteException e) {
      throw new IllegalStateException(file.property() + ": " + path + " holds no log key", e);
    }
  }

  /** What is to be told when a year has no key. */
  String missing(int year) {
    return "%s: there is no key of %s in %s".formatted(file.property(), origin(year), path(year));
  }
}
