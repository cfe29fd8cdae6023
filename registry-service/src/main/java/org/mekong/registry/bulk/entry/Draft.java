package org.mekong.registry.bulk.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.bulk.row.SourceRow;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.person.Household;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.declaration.DeclarationReader;
import org.mekong.registry.problem.Violation;
import org.mekong.registry.problem.Violations;
import org.mekong.registry.relationship.Relationship;

/** A row on its way into the register. Not thread-safe. */
final class Draft {

  private static final String HEAD = "head";

  final SourceRow row;
  final List<Violation> faults = new ArrayList<>();
  @Nullable Particulars particulars;
  List<String> earlierNumbers = List.of();
  @Nullable String number;

  private Draft(SourceRow row) {
    this.row = row;
  }

  /** Reads what a row declares, as the API does. */
  static Draft of(SourceRow row, NationProfile profile) {
    Draft draft = new Draft(row);
    switch (row) {
      case SourceRow.Unreadable(long number, List<Violation> faults) -> draft.faults.addAll(faults);
      case SourceRow.Readable readable -> {
        draft.faults.addAll(readable.faults());
        Violations violations = new Violations();
        DeclarationReader reader =
            new DeclarationReader(profile.nation().name(), profile.officialScript(), violations);
        draft.particulars = readable.declaration().read("", null, reader);
        draft.earlierNumbers = readable.declaration().readEarlierNumbers("", reader);
        draft.number = readable.personalNumber();
        violations.list().forEach(draft::refuse);
      }
    }
    return draft;
  }

  /** Notes a broken rule by what the file calls the member. */
  void refuse(Violation violation) {
    String field =
        row instanceof SourceRow.Readable readable
            ? readable.naming().apply(violation.field())
            : violation.field();
    faults.add(new Violation(field, violation.rule(), violation.detail()));
  }

  boolean isRefused() {
    return !faults.isEmpty() || particulars == null;
  }

  @Nullable String reference() {
    return row instanceof SourceRow.Readable readable ? readable.reference() : null;
  }

  List<SourceRow.Kin> kin() {
    return row instanceof SourceRow.Readable readable ? readable.kin() : List.of();
  }

  /** The household that the person is head of. */
  @Nullable UUID headed() {
    Household household = particulars == null ? null : particulars.household();
    return household != null && household.relationToHead().equals(HEAD) ? household.id() : null;
  }

  /** Relatives who stand in the register by a key. */
  List<UUID> relatives() {
    List<UUID> ids = new ArrayList<>();
    if (particulars != null) {
      for (Relationship relationship : particulars.relationships()) {
        if (relationship.personId() != null) {
          ids.add(relationship.personId());
        }
      }
    }
    return ids;
  }

  /** With a relative by their key. */
  void relate(SourceRow.Kin kin, UUID personId) {
    Particulars of = particulars;
    if (of != null) {
      List<Relationship> relationships = new ArrayList<>(of.relationships());
      Relationship.Kind kind = relationships.get(kin.index()).kind();
      relationships.set(kin.index(), new Relationship(kind, personId, null));
      particulars = of.but().relationships(relationships).build();
    }
  }
}
