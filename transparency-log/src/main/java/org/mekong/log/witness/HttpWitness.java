package org.mekong.log.witness;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.mekong.log.note.Checkpoint;
import org.mekong.log.note.Note;
import org.mekong.log.note.NoteException;
import org.mekong.log.note.NoteSignature;
import org.mekong.log.note.StrictText;

/** A witness behind HTTP. Thread-safe. */
public final class HttpWitness implements Witness {
  private static final int LONGEST_ANSWER = 64 * 1024;

  private final HttpClient client;
  private final URI endpoint;
  private final Duration timeout;

  /**
   * @param client with the TLS settings that the witness asks for
   * @param submissionPrefix the witness's submission prefix, without a last slash
   * @param timeout of one call
   */
  public HttpWitness(HttpClient client, URI submissionPrefix, Duration timeout) {
    this.client = client;
    this.endpoint = URI.create(submissionPrefix + "/add-checkpoint");
    this.timeout = timeout;
  }

  @Override
  public AddCheckpointAnswer addCheckpoint(AddCheckpointRequest request) throws IOException {
    HttpRequest post =
        HttpRequest.newBuilder(endpoint)
            .timeout(timeout)
            .header("Content-Type", "text/plain; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofByteArray(request.bytes()))
            .build();
    try {
      HttpResponse<InputStream> response =
          client.send(post, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream stream = response.body()) {
        return answer(response.statusCode(), stream.readNBytes(LONGEST_ANSWER), request);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for the witness", e);
    }
  }

  private static AddCheckpointAnswer answer(int status, byte[] body, AddCheckpointRequest request)
      throws IOException {
    try {
      String text = StrictText.utf8(body);
      return switch (status) {
        case 200 -> new AddCheckpointAnswer.Cosigned(signatures(text, request.checkpoint()));
        case 409 -> new AddCheckpointAnswer.Conflict(StrictText.decimal(withoutNewline(text)));
        default -> new AddCheckpointAnswer.Refused(status, oneLine(text));
      };
    } catch (NoteException e) {
      throw new IOException("the witness answered " + status + " with a malformed body", e);
    }
  }

  private static List<NoteSignature> signatures(String lines, Note checkpoint)
      throws NoteException {
    String note = checkpoint.text() + "\n" + lines;
    Note parsed = Note.parse(note.getBytes(StandardCharsets.UTF_8));
    Checkpoint.parse(parsed.text());
    return new ArrayList<>(parsed.signatures());
  }

  private static String withoutNewline(String text) throws NoteException {
    if (!text.endsWith("\n")) {
      throw new NoteException("the size does not end in a newline");
    }
    return text.substring(0, text.length() - 1);
  }

  private static String oneLine(String text) {
    String line = text.lines().findFirst().orElse("");
    return line.length() > 200 ? line.substring(0, 200) : line;
  }
}
