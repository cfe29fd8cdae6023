package org.mekong.registry.permission;

import java.util.List;
import org.mekong.registry.caller.Kind;

/**
 * A question that may be asked: it passed every check that does not look at the person.
 *
 * @param fields names of the fields or statements that are asked for, in the order asked
 */
public record Enquiry(Kind kind, String purpose, Requester requester, List<String> fields) {
  public Enquiry {
    fields = List.copyOf(fields);
  }
}
