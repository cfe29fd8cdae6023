package org.mekong.log.verify;

import java.util.List;

/**
 * What a proof has proved.
 *
 * @param origin of the log
 * @param index of the entry in the log, from 0
 * @param treeSize of the checkpoint that the entry is proved against
 * @param entry the bytes of the entry
 * @param cosigners the names, as in the policy, of the witnesses that have cosigned the checkpoint
 */
public record VerifiedEntry(
    String origin, long index, long treeSize, byte[] entry, List<String> cosigners) {
  public VerifiedEntry {
    cosigners = List.copyOf(cosigners);
  }
}
