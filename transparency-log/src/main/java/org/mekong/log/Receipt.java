package org.mekong.log;

/**
 * That an entry is part of a log, in a form that anybody can check.
 *
 * @param origin of the log
 * @param index of the entry, from 0
 * @param treeSize of the checkpoint that the entry is proved against
 * @param entry the bytes of the entry, not to be changed
 * @param proof the text of a proof file of c2sp.org/tlog-proof, whose {@code extra} line carries
 *     the entry
 */
public record Receipt(String origin, long index, long treeSize, byte[] entry, String proof) {}
