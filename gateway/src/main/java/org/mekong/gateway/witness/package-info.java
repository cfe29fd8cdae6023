/**
 * Witnessing, both ways (C2SP tlog-witness): this gateway cosigns the logs of its peers' nodes, and
 * carries the checkpoints of its own node's logs to the peers. What a log's standing with its
 * witnesses forbids is decided where questions are asked and answered.
 */
@NullMarked
package org.mekong.gateway.witness;

import org.jspecify.annotations.NullMarked;
