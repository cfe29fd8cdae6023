package org.mekong.registry.vitalevent;

import java.util.Locale;

/** The words of events' classes, each made once. */
final class EventTypes {

  private static final ClassValue<String> WORDS =
      new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> event) {
          return event
              .getSimpleName()
              .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
              .toLowerCase(Locale.ROOT);
        }
      };

  private EventTypes() {}

  static String word(Class<?> event) {
    return WORDS.get(event);
  }
}
