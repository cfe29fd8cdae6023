package org.mekong.log.year;

/**
 * What a pruning has done.
 *
 * @param origin of the log
 * @param firstIndex of the first entry that the log still has: entries go 256 at a time
 * @param entries how many were removed
 * @param commitments how many of their commitments could be opened until then
 */
public record Pruning(String origin, long firstIndex, long entries, long commitments) {}
