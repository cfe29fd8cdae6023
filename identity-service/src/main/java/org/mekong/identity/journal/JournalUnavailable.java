package org.mekong.identity.journal;

/** The database does not answer or the log takes no entry: nothing was done; 503. */
public final class JournalUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  public JournalUnavailable(Throwable cause) {
    super("the journal cannot be written", cause);
  }
}
