package org.mekong.registry.reading.past;

import java.util.UUID;
import org.mekong.registry.person.Person;

/** What there is to see where a caller looks, once everything that must stay hidden is gone. */
public sealed interface Sight {

  /** Nobody: unknown, withheld, not born or not registered by then. The four look alike. */
  record Nobody() implements Sight {}

  /** The record was merged by then: the person stands under another key. */
  record Elsewhere(UUID survivor) implements Sight {}

  /** The person. */
  record Present(Person person) implements Sight {}
}
