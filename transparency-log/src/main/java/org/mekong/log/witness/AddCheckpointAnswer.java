package org.mekong.log.witness;

import java.util.List;
import org.mekong.log.note.NoteSignature;

/**
 * What a witness answers to {@code add-checkpoint}, with the status code that the protocol names.
 */
public sealed interface AddCheckpointAnswer {
  /** The HTTP status code. */
  int status();

  /** The body of the HTTP response. */
  String body();

  /** The media type of {@link #body()}. */
  default String mediaType() {
    return "text/plain; charset=utf-8";
  }

  /** 200: the checkpoint is recorded and cosigned. */
  record Cosigned(List<NoteSignature> cosignatures) implements AddCheckpointAnswer {
    public Cosigned {
      cosignatures = List.copyOf(cosignatures);
    }

    @Override
    public int status() {
      return 200;
    }

    @Override
    public String body() {
      StringBuilder lines = new StringBuilder();
      cosignatures.forEach(signature -> lines.append(signature.line()));
      return lines.toString();
    }
  }

  /** 409: the old size is not that of the latest cosigned checkpoint, or the root is another. */
  record Conflict(long latestSize) implements AddCheckpointAnswer {
    @Override
    public int status() {
      return 409;
    }

    @Override
    public String body() {
      return latestSize + "\n";
    }

    @Override
    public String mediaType() {
      return "text/x.tlog.size";
    }
  }

  /** Anything else; nothing was recorded. */
  record Refused(int status, String reason) implements AddCheckpointAnswer {
    /** 400: the request is malformed, or its old size is larger than that of the checkpoint. */
    public static Refused malformed(String reason) {
      return new Refused(400, reason);
    }

    /** 403: no signature verifies against a trusted key of the log. */
    public static Refused unknownKey(String reason) {
      return new Refused(403, reason);
    }

    /** 404: the origin is not one of the logs that this witness knows. */
    public static Refused unknownOrigin() {
      return new Refused(404, "this witness does not know the log of the checkpoint");
    }

    /** 422: the consistency proof does not verify. */
    public static Refused badProof(String reason) {
      return new Refused(422, reason);
    }

    @Override
    public String body() {
      return reason + "\n";
    }
  }
}
