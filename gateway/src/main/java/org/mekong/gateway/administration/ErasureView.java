package org.mekong.gateway.administration;

import java.time.Instant;

/**
 * What an erasure has done. It does not say whose links they were.
 *
 * @param commitments entries that can be tied to nobody from now on
 */
public record ErasureView(Instant time, String reference, int commitments) {}
