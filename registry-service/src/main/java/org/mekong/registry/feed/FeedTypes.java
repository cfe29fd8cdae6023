package org.mekong.registry.feed;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.vitalevent.VitalEvent;

/** The types of entries: those of events, and the two that tell of a person without the event. */
public final class FeedTypes {

  /** Nothing can be had of the person any more: protected, or no more in the register. */
  public static final String WITHDRAWN = "withdrawn";

  /** The person can be had again. */
  public static final String RESTORED = "restored";

  private static final Set<String> ALL = all();

  private FeedTypes() {}

  /** Whether entries can be of a type. */
  static boolean isKnown(String type) {
    return ALL.contains(type);
  }

  /** The type of an entry by which a person comes to be shown, or to be shown no more. */
  public static @Nullable String turn(boolean before, boolean after) {
    if (before == after) {
      return null;
    }
    return after ? RESTORED : WITHDRAWN;
  }

  private static Set<String> all() {
    Set<String> all = new TreeSet<>(Set.of(WITHDRAWN, RESTORED));
    Arrays.stream(VitalEvent.class.getPermittedSubclasses())
        .map(VitalEvent::typeOf)
        .forEach(all::add);
    return all;
  }
}
