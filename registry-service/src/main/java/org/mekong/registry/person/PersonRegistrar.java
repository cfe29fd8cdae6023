package org.mekong.registry.person;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.mekong.registry.identifier.BirthFacts;
import org.mekong.registry.identifier.BlockExhaustedException;
import org.mekong.registry.identifier.NumberAllocator;
import org.mekong.registry.identifier.UuidV7;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.operation.OperationKey;
import org.mekong.registry.operation.Operations;
import org.mekong.registry.operation.Outcome;
import org.mekong.registry.problem.Problem;
import org.mekong.registry.problem.Violation;
import org.mekong.registry.problem.Violations;
import org.mekong.registry.relationship.Relationship;

/** Enters persons into the register. */
@ApplicationScoped
public class PersonRegistrar {

  /** A parent is at least so many years older than the child. */
  public static final int PARENT_OLDER_BY = 12;

  private final NationProfile profile;
  private final PersonRules rules;
  private final People people;
  private final NumberAllocator numbers;
  private final Operations operations;
  private final ObjectMapper json;
  private final Clock clock;
  private final RandomGenerator random = new SecureRandom();

  PersonRegistrar(
      NationProfile profile,
      PersonRules rules,
      People people,
      NumberAllocator numbers,
      Operations operations,
      ObjectMapper json,
      Clock clock) {
    this.profile = profile;
    this.rules = rules;
    this.people = people;
    this.numbers = numbers;
    this.operations = operations;
    this.json = json;
    this.clock = clock;
  }

  /**
   * Registers a person once for a key: gives them a number and a key of the register.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem when a rule is broken
   */
  public Outcome register(OperationKey key, RegisterPerson request) throws SQLException {
    Particulars particulars = request.read(profile.nation().name(), profile.officialScript());
    List<Violation> violations = rules.check(particulars);
    if (!violations.isEmpty()) {
      throw Problem.invalid(violations);
    }
    return operations.once(key, digest(request), transaction -> add(transaction, particulars));
  }

  private Outcome add(Connection transaction, Particulars particulars) throws SQLException {
    refuseImpossibleRelatives(transaction, particulars);
    long now = clock.millis();
    UUID id = UuidV7.of(now, random);
    String number = allocate(transaction, id, particulars);
    people.add(transaction, new Person(id, number, List.of(), particulars), now);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("id", id);
    body.put("personalNumber", number);
    try {
      return new Outcome(201, URI.create("/v1/persons/" + id), json.writeValueAsString(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private String allocate(Connection transaction, UUID id, Particulars particulars)
      throws SQLException {
    BirthFacts facts =
        new BirthFacts(
            Objects.requireNonNull(
                profile.registrationPlaces().get(particulars.placeOfBirthRegistration())),
            particulars.dateOfBirth().year(),
            particulars.sex() == Sex.MALE);
    try {
      return numbers.allocate(transaction, id, facts);
    } catch (BlockExhaustedException e) {
      throw Problem.NUMBER_BLOCK_EXHAUSTED.because(e.getMessage());
    }
  }

  private void refuseImpossibleRelatives(Connection transaction, Particulars particulars)
      throws SQLException {
    List<Relationship> relationships = particulars.relationships();
    Set<UUID> ids =
        relationships.stream()
            .map(Relationship::personId)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    if (ids.isEmpty()) {
      return;
    }
    Map<UUID, Integer> birthYears = people.birthYears(transaction, ids);
    int own = particulars.dateOfBirth().year();
    Violations violations = new Violations();
    for (int i = 0; i < relationships.size(); i++) {
      Relationship relationship = relationships.get(i);
      if (relationship.personId() == null) {
        continue;
      }
      Integer year = birthYears.get(relationship.personId());
      String path = "relationships[" + i + "].personId";
      if (year == null) {
        violations.add(path, "known-person", "is nobody of this register");
      } else if (relationship.kind().isParent() && own - year < PARENT_OLDER_BY) {
        violations.add(path, "parent-older", "is not old enough to be a parent");
      } else if (relationship.kind() == Relationship.Kind.CHILD && year - own < PARENT_OLDER_BY) {
        violations.add(path, "parent-older", "is not young enough to be a child");
      }
    }
    violations.refuse();
  }

  private byte[] digest(RegisterPerson request) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(json.writeValueAsBytes(request));
    } catch (JsonProcessingException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
