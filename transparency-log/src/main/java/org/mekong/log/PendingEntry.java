package org.mekong.log;

/**
 * An entry that becomes part of the log when the caller's transaction commits.
 *
 * @param origin of the log
 * @param ticket what the pending entry is known by in the database
 * @param sizeBefore a size of the log that the entry's index cannot be below
 */
public record PendingEntry(String origin, long ticket, long sizeBefore) {}
