package org.mekong.registry.history;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.mekong.registry.disclosure.Disclosed;
import org.mekong.registry.permission.Enquiry;
import org.mekong.registry.person.PersonField;
import org.mekong.registry.person.storage.People;
import org.mekong.registry.problem.Problem;
import org.mekong.registry.reading.PersonReader;
import org.mekong.registry.reading.Reading;
import org.mekong.registry.reading.SubjectBody;
import org.mekong.registry.reading.past.Moment;
import org.mekong.registry.reading.past.Moments;

/**
 * Reads parts of a person: of their fields, those that are granted. Past values need the same grant
 * as current ones; the events that brought and ended them tell more, as an adoption does, and need
 * the field {@code vital_events}.
 */
@ApplicationScoped
class PartReader {

  private final PersonReader reader;
  private final HistoryReader history;
  private final Moments moments;

  PartReader(PersonReader reader, HistoryReader history, Moments moments) {
    this.reader = reader;
    this.history = history;
    this.moments = moments;
  }

  PartView read(Part part, String id, PartQuery query) {
    String purpose = query.at().purpose();
    if (purpose == null) {
      throw Problem.invalid("purpose", "required", "is missing");
    }
    Moment moment = moments.read(query.at().asOf(), query.at().knownAt());
    boolean withHistory = query.withHistory();
    Set<PersonField> granted = reader.grantedFields(purpose, part.fields());
    Set<PersonField> fields = granted.isEmpty() ? part.fields() : granted;
    boolean events = withHistory && grantsEvents(reader, purpose);
    Enquiry enquiry = reader.admit(purpose, events ? plusEvents(fields) : fields, null, null);
    UUID key = SubjectBody.parse(id).orElseThrow(PersonReader::absent);
    if (withHistory) {
      Disclosed<Optional<PartView.Found>> disclosed =
          history.periods(enquiry, key, moment, fields, events);
      return PartView.of(
          key, moment, disclosed.answer().orElseThrow(PersonReader::absent), disclosed);
    }
    Disclosed<Reading> disclosed =
        reader.read(enquiry, new People.Key.ById(key), moment, fields, false, PersonField::code);
    return PartView.of(key, moment, found(disclosed.answer()), disclosed);
  }

  private static boolean grantsEvents(PersonReader reader, String purpose) {
    return !reader.grantedFields(purpose, EnumSet.of(PersonField.VITAL_EVENTS)).isEmpty();
  }

  private static Set<PersonField> plusEvents(Set<PersonField> fields) {
    Set<PersonField> all = EnumSet.copyOf(fields);
    all.add(PersonField.VITAL_EVENTS);
    return all;
  }

  private static PartView.Found found(Reading reading) {
    return switch (reading) {
      case Reading.Nothing nothing -> throw PersonReader.absent();
      case Reading.Merged(UUID survivor) -> new PartView.Found(List.of(), survivor);
      case Reading.Fields(Map<String, Object> members, List<String> declared, var version) -> {
        List<PartView.Item> items = new ArrayList<>();
        members.forEach(
            (field, value) ->
                Period.values(value)
                    .forEach(
                        each ->
                            items.add(PartView.Item.of(field, each, declared.contains(field)))));
        yield new PartView.Found(items, null);
      }
    };
  }
}
