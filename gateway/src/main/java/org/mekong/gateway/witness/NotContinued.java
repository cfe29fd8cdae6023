package org.mekong.gateway.witness;

import org.mekong.log.note.Note;

/**
 * A checkpoint was not cosigned, because it was not shown to continue the one before. Its signature
 * is good where the log's key is known; it may be an old one, that anybody has sent again.
 */
public record NotContinued(Note checkpoint) {}
