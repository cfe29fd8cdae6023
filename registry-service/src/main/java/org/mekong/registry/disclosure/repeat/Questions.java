package org.mekong.registry.disclosure.repeat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.mekong.registry.caller.AskedBody;
import org.mekong.registry.permission.Enquiry;

/** Finds the gateway's question in the request at hand. */
@ApplicationScoped
public class Questions {

  private final AskedBody asked;
  private final ObjectMapper json;
  private final ObjectWriter sorted;

  Questions(AskedBody asked, ObjectMapper json) {
    this.asked = asked;
    this.json = json;
    this.sorted = json.writer().with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
  }

  /** The question behind an enquiry; empty where it is not the gateway that asks. */
  public Optional<AskedQuestion> behind(Enquiry enquiry) {
    return asked
        .bytes()
        .map(
            body ->
                new AskedQuestion(
                    enquiry.requester().country(),
                    UUID.fromString(enquiry.requester().requestId()),
                    content(enquiry, body)));
  }

  /**
   * The kind and the body, its members in one order. When the person may see the disclosure is left
   * out: the gateway counts it from the moment at which it asks.
   */
  private byte[] content(Enquiry enquiry, byte[] body) {
    try {
      JsonNode tree = json.readTree(body);
      if (tree.get("requester") instanceof ObjectNode requester) {
        requester.remove("visibleAfter");
      }
      return sorted.writeValueAsBytes(
          Map.of("kind", enquiry.kind().code(), "body", json.convertValue(tree, Object.class)));
    } catch (IOException e) {
      throw new IllegalStateException("a body that was read is not JSON", e);
    }
  }
}
