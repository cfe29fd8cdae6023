package org.mekong.registry.permission.judgement;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.Grant;
import org.mekong.registry.caller.Kind;
import org.mekong.registry.permission.policy.Asker;

/**
 * A question to be judged.
 *
 * @param fields names of fields or statements, in the order asked
 * @param grants what the token grants; absent where there is no token to ask
 * @param legalBasis the basis that the question itself names
 * @param nation of this register
 * @param country of whoever asks
 * @param today the date in the nation's legal time
 */
public record Question(
    Kind kind,
    String purpose,
    List<String> fields,
    Asker asker,
    @Nullable List<Grant> grants,
    @Nullable String legalBasis,
    String nation,
    String country,
    LocalDate today) {

  public Question {
    fields = List.copyOf(fields);
    grants = grants == null ? null : List.copyOf(grants);
  }

  /** The grants that are about its purpose, kind and nation. */
  List<Grant> covering() {
    List<Grant> covering = new ArrayList<>(2);
    if (grants != null) {
      for (Grant grant : grants) {
        if (grant.covers(purpose, kind, nation)) {
          covering.add(grant);
        }
      }
    }
    return covering;
  }
}
