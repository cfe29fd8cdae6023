package org.mekong.resourceserver.singleuse;

import java.time.Instant;

/**
 * A DPoP proof that was found good and is not spent yet. Whoever gets one spends it before anything
 * is answered: by {@link SingleUseStore#spend}, or within the transaction of what it allows.
 *
 * @param use what is to be spent
 * @param until when the proof becomes worthless by itself
 */
public record FreshProof(SingleUse use, Instant until) {}
