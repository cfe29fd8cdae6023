package org.mekong.registry.matching.block;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.matching.compare.SpokenName;
import org.mekong.registry.matching.compare.Traits;
import org.mekong.registry.matching.rule.BlockingKey;
import org.mekong.registry.matching.rule.KeyPart;
import org.mekong.registry.person.PartialDate;

/**
 * The blocking keys of a person. A key is the first 64 bits of a SHA-256 over what it is made of:
 * two that meet by chance cost a comparison and nothing else. Pure.
 */
public final class BlockingKeys {

  /** Somebody with many names has no more keys than this. */
  private static final int MOST = 64;

  private BlockingKeys() {}

  /** The keys of a person, each with the name of the rule that made it, in order. */
  public static Map<Long, String> of(Collection<BlockingKey> rules, Traits traits) {
    Map<Long, String> keys = new TreeMap<>();
    for (BlockingKey rule : rules) {
      for (String value : values(rule, traits)) {
        if (keys.size() < MOST) {
          keys.putIfAbsent(hash(value), rule.name());
        }
      }
    }
    return keys;
  }

  private static List<String> values(BlockingKey rule, Traits traits) {
    List<String> values = List.of(rule.definition());
    for (KeyPart part : rule.parts().stream().sorted().toList()) {
      List<String> longer = new ArrayList<>();
      for (String value : values) {
        for (String text : texts(part, traits)) {
          longer.add(value + '\u0000' + text);
        }
      }
      values = longer;
    }
    return values;
  }

  private static Collection<String> texts(KeyPart part, Traits traits) {
    PartialDate birth = traits.dateOfBirth();
    return switch (part) {
      case NAME_SOUND -> traits.names().stream().map(SpokenName::wholeSound).distinct().toList();
      case GIVEN_SOUND ->
          traits.names().stream().map(name -> name.given().sound()).distinct().toList();
      case FAMILY_SOUND -> families(traits);
      case BIRTH_YEAR -> List.of(Integer.toString(birth.year()));
      case BIRTH_DATE -> {
        String day = monthDay(birth);
        yield day == null ? List.of() : List.of(birth.year() + "-" + day);
      }
      case BIRTH_MONTH_DAY -> {
        String day = monthDay(birth);
        yield day == null ? List.of() : List.of(day);
      }
      case SEX -> traits.sex().isTold() ? List.of(traits.sex().name()) : List.of();
      case BIRTH_REGISTRATION -> List.of(traits.birthRegistration());
      case PROVINCE -> known(traits.residence() == null ? null : traits.residence().province());
      case PARENT -> traits.parents().map(Traits.Parent::text).distinct().toList();
      case PHONE -> known(traits.phone());
      case NUMBER -> traits.numbers();
    };
  }

  private static Set<String> families(Traits traits) {
    Set<String> families = new LinkedHashSet<>();
    for (SpokenName name : traits.names()) {
      SpokenName.Part family = name.family();
      if (family != null) {
        families.add(family.sound());
      }
    }
    return families;
  }

  private static List<String> known(@Nullable String text) {
    return text == null ? List.of() : List.of(text);
  }

  /** Month and day in either order, so that swapped ones meet. */
  private static @Nullable String monthDay(PartialDate date) {
    Integer month = date.month();
    Integer day = date.day();
    if (month == null || day == null) {
      return null;
    }
    return Math.min(month, day) + "/" + Math.max(month, day);
  }

  private static long hash(String value) {
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(value.getBytes(UTF_8)))
          .getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
