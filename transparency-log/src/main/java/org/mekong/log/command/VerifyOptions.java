package org.mekong.log.command;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The command line of {@code verify}, read.
 *
 * @param target proof file, checkpoint file, evidence bundle, folder or URL
 * @param policy C2SP tlog-policy file
 * @param gateways file of the gateways' signing keys
 * @param subject whom a proof with an opening has to be about
 * @param remember file of the checkpoint that a log has to continue, and is kept in afterwards
 * @param notOlderThan how old the newest cosignature of a log may be
 * @param prunedBelow below which index a log may have been pruned
 * @param authorities PEM certificates of the authorities to trust; absent: the platform's
 */
record VerifyOptions(
    String target,
    Optional<Path> policy,
    Optional<Path> gateways,
    Optional<String> subject,
    Optional<Path> remember,
    Optional<Duration> notOlderThan,
    long prunedBelow,
    Optional<Path> authorities) {

  /** What the command line says where it is wrong. */
  static final class WrongCommandLine extends Exception {
    private static final long serialVersionUID = 1;

    WrongCommandLine(String message) {
      super(message);
    }
  }

  static VerifyOptions read(List<String> arguments) throws WrongCommandLine {
    Optional<Path> policy = Optional.empty();
    Optional<Path> gateways = Optional.empty();
    Optional<String> subject = Optional.empty();
    Optional<Path> remember = Optional.empty();
    Optional<Duration> notOlderThan = Optional.empty();
    long prunedBelow = 0;
    Optional<Path> authorities = Optional.empty();
    List<String> targets = new ArrayList<>();
    ArrayDeque<String> left = new ArrayDeque<>(arguments);
    while (!left.isEmpty()) {
      String word = left.pop();
      switch (word) {
        case "--policy" -> policy = Optional.of(file(word, left));
        case "--gateways" -> gateways = Optional.of(file(word, left));
        case "--subject" -> subject = Optional.of(value(word, left));
        case "--remember" -> remember = Optional.of(file(word, left));
        case "--not-older-than" -> notOlderThan = Optional.of(duration(word, left));
        case "--pruned-below" -> prunedBelow = index(word, left);
        case "--ca" -> authorities = Optional.of(file(word, left));
        default -> {
          if (word.startsWith("-")) {
            throw new WrongCommandLine("unknown option " + word);
          }
          targets.add(word);
        }
      }
    }
    if (targets.size() != 1) {
      throw new WrongCommandLine("name one thing to verify");
    }
    return new VerifyOptions(
        targets.getFirst(),
        policy,
        gateways,
        subject,
        remember,
        notOlderThan,
        prunedBelow,
        authorities);
  }

  private static String value(String option, ArrayDeque<String> left) throws WrongCommandLine {
    String value = left.poll();
    if (value == null) {
      throw new WrongCommandLine(option + " needs a value");
    }
    return value;
  }

  private static Path file(String option, ArrayDeque<String> left) throws WrongCommandLine {
    return Path.of(value(option, left));
  }

  private static Duration duration(String option, ArrayDeque<String> left) throws WrongCommandLine {
    try {
      return Duration.parse(value(option, left));
    } catch (DateTimeException e) {
      throw new WrongCommandLine(option + " needs a duration such as PT4H");
    }
  }

  private static long index(String option, ArrayDeque<String> left) throws WrongCommandLine {
    String value = value(option, left);
    if (!value.matches("[0-9]{1,18}")) {
      throw new WrongCommandLine(option + " needs an index");
    }
    return Long.parseLong(value);
  }

  boolean isUrl() {
    return target.startsWith("https://") || target.startsWith("http://");
  }
}
