package org.mekong.registry.verification;

import java.util.List;
import java.util.Map;
import org.mekong.registry.permission.Enquiry;
import org.mekong.registry.person.storage.People;
import org.mekong.registry.statement.Salt;
import org.mekong.registry.statement.Statement;

/** Statements about one person that may be asked. */
record Question(Enquiry enquiry, People.Key key, List<Predicate> predicates) {

  Question {
    predicates = List.copyOf(predicates);
  }

  /** The person as a signed statement binds them: by what the asker knew already. */
  Map<String, String> subject(Salt salt) {
    return switch (key) {
      case People.Key.ByNumber(String number) -> Statement.subject(salt, "personal_number", number);
      case People.Key.ById(var id) -> Statement.subject(salt, "person_id", id.toString());
    };
  }
}
