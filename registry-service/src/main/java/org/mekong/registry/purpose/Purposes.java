package org.mekong.registry.purpose;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The purposes that this register knows. Every read asks, so the codes are remembered for a short
 * while; a purpose added at another replica is known here after at most that long.
 */
@ApplicationScoped
public class Purposes {

  private static final Duration REMEMBERED = Duration.ofSeconds(5);

  private final Clock clock;
  private volatile Known known = new Known(Set.of(), Instant.EPOCH);

  Purposes(Clock clock) {
    this.clock = clock;
  }

  private record Known(Set<String> codes, Instant until) {}

  /** Whether a code is a purpose of this register. */
  public boolean isKnown(String code) {
    Known now = known;
    if (clock.instant().isAfter(now.until)) {
      Set<String> codes =
          list().stream().map(purpose -> purpose.code).collect(Collectors.toUnmodifiableSet());
      now = new Known(codes, clock.instant().plus(REMEMBERED));
      known = now;
    }
    return now.codes.contains(code);
  }

  List<PurposeEntity> list() {
    return QuarkusTransaction.joiningExisting().call(() -> PurposeEntity.listAll(Sort.by("code")));
  }

  /** Adds a purpose; one that is there already stays as it is and is returned. */
  PurposeEntity add(String code, String description) {
    PurposeEntity purpose =
        QuarkusTransaction.joiningExisting()
            .call(
                () -> {
                  PurposeEntity present = PurposeEntity.findById(code);
                  return present == null ? insert(code, description) : present;
                });
    known = new Known(Set.of(), Instant.EPOCH);
    return purpose;
  }

  private PurposeEntity insert(String code, String description) {
    PurposeEntity purpose = new PurposeEntity();
    purpose.code = code;
    purpose.description = description;
    purpose.createdAt = clock.instant();
    purpose.persist();
    return purpose;
  }
}
