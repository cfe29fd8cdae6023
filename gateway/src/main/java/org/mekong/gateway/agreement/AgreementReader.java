package org.mekong.gateway.agreement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mekong.gateway.json.StrictJson;

/**
 * Reads an agreement document: strict JSON, then the published schema, then what a schema cannot
 * say. Stateless but for the compiled schema; safe for use by many threads.
 */
public final class AgreementReader {

  /** Where the schema lies on the class path. */
  static final String SCHEMA = "/agreement/agreement.schema.json";

  private static final int LARGEST_DOCUMENT = 256 * 1024;

  private final JsonSchema schema;

  public AgreementReader() {
    try (InputStream resource = AgreementReader.class.getResourceAsStream(SCHEMA)) {
      JsonNode document = StrictJson.mapper().readTree(resource);
      schema = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The agreement in this document.
   *
   * @param document UTF-8 JSON
   * @throws AgreementException listing each fault
   */
  public Agreement read(byte[] document) throws AgreementException {
    if (document.length > LARGEST_DOCUMENT) {
      throw new AgreementException(
          List.of("the document is larger than " + LARGEST_DOCUMENT + " bytes"));
    }
    try {
      JsonNode tree = StrictJson.mapper().readTree(new String(document, StandardCharsets.UTF_8));
      List<String> faults = schema.validate(tree).stream().map(AgreementReader::sentence).toList();
      if (!faults.isEmpty()) {
        throw new AgreementException(faults);
      }
      Agreement agreement = StrictJson.mapper().treeToValue(tree, Agreement.class);
      faults = faults(agreement);
      if (!faults.isEmpty()) {
        throw new AgreementException(faults);
      }
      return agreement;
    } catch (JsonProcessingException e) {
      throw new AgreementException(List.of("not JSON as agreed: " + e.getOriginalMessage()));
    }
  }

  private static String sentence(ValidationMessage message) {
    return message.getMessage();
  }

  private static List<String> faults(Agreement agreement) {
    var faults = new ArrayList<String>();
    if (agreement.validUntil().isBefore(agreement.validFrom())) {
      faults.add("/validUntil lies before /validFrom");
    }
    Set<String> purposes = new HashSet<>();
    for (PurposeTerms terms : agreement.purposes()) {
      String purpose = terms.purpose();
      if (!purposes.add(purpose)) {
        faults.add("the purpose " + purpose + " stands twice");
      }
      if (!terms.legalBasis().keySet().equals(agreement.parties())) {
        faults.add(
            "the purpose %s needs the legal basis of each of %s and of nobody else"
                .formatted(purpose, agreement.parties()));
      }
      if (terms.visibilityDelay().isNegative()) {
        faults.add("the purpose " + purpose + " has a negative visibility delay");
      }
      if (!Asynchronous.isAgreeable(terms.asynchronousFor())) {
        faults.add(
            "the purpose %s may let lookups wait from 1 second to %s"
                .formatted(purpose, Asynchronous.LONGEST));
      }
      faults.addAll(vocabularyFaults(terms));
    }
    return faults;
  }

  private static List<String> vocabularyFaults(PurposeTerms terms) {
    var faults = new ArrayList<String>();
    Set<String> askable = new HashSet<>();
    for (LookupKind kind : terms.kinds()) {
      Set<String> names = Vocabulary.of(kind);
      askable.addAll(names);
      if (terms.fields().stream().noneMatch(names::contains)) {
        faults.add(
            "the purpose %s allows the kind %s but nothing to ask by it"
                .formatted(terms.purpose(), kind.wireName()));
      }
    }
    for (String field : terms.fields()) {
      if (!askable.contains(field)) {
        faults.add(
            "the purpose %s names %s, which none of its kinds can ask"
                .formatted(terms.purpose(), field));
      }
    }
    return faults;
  }
}
