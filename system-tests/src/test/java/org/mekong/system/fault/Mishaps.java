package org.mekong.system.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.mekong.system.fault.FaultProxy.Fault;
import org.mekong.system.fault.Mishap.CrashDatabase;
import org.mekong.system.fault.Mishap.FailLine;
import org.mekong.system.fault.Mishap.Halt;
import org.mekong.system.fault.Mishap.HaltDatabase;
import org.mekong.system.fault.Mishap.Kill;
import org.mekong.system.fault.Mishap.KillDatabase;

/** Draws what happens to a nation that asks, one that is asked, and the line between them. */
public final class Mishaps {

  private static final List<String> SERVICES =
      List.of("gateway", "gateway", "registry", "identity");

  private final Random random;
  private final String asking;
  private final String asked;

  /** Those of a seed. */
  public Mishaps(long seed, String asking, String asked) {
    this.random = new Random(seed);
    this.asking = asking;
    this.asked = asked;
  }

  /** Each kind once, and the gateways' of both nations, shuffled. */
  public List<Mishap> eachOnce(Duration longest) {
    List<Mishap> deck = new ArrayList<>();
    both(deck, asking, "gateway", longest);
    both(deck, asked, "gateway", longest);
    both(deck, asked, "registry", longest);
    both(deck, asking, "identity", longest);
    deck.add(new CrashDatabase(random.nextInt(100)));
    deck.add(new KillDatabase());
    deck.add(new HaltDatabase(upTo(longest)));
    for (Fault fault : Fault.values()) {
      if (fault != Fault.NONE) {
        deck.add(new FailLine(asked, fault, upTo(longest)));
      }
    }
    Collections.shuffle(deck, random);
    return deck;
  }

  private void both(List<Mishap> deck, String nation, String service, Duration longest) {
    deck.add(new Kill(nation, service));
    deck.add(new Halt(nation, service, upTo(longest)));
  }

  /** Any. */
  public Mishap any(Duration longest) {
    String nation = random.nextInt(3) == 0 ? asking : asked;
    String service = SERVICES.get(random.nextInt(SERVICES.size()));
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> new Kill(nation, service);
      case 3, 4 -> new Halt(nation, service, upTo(longest));
      case 5 -> new CrashDatabase(random.nextInt(100));
      case 6 -> random.nextBoolean() ? new KillDatabase() : new HaltDatabase(upTo(longest));
      default -> new FailLine(nation, fault(), upTo(longest));
    };
  }

  private Fault fault() {
    Fault[] faults = Fault.values();
    return faults[1 + random.nextInt(faults.length - 1)];
  }

  /** A time of half a second to the longest. */
  public Duration upTo(Duration longest) {
    int least = 500;
    int most = Math.max(least + 1, Math.toIntExact(longest.toMillis()));
    return Duration.ofMillis(random.nextInt(least, most));
  }

  /** Whether two come together, this time. */
  public boolean together() {
    return random.nextInt(4) == 0;
  }
}
