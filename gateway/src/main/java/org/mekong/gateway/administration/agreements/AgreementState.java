package org.mekong.gateway.administration.agreements;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a version of an agreement has come. */
public enum AgreementState {
  /** This nation has not signed it. */
  @JsonProperty("proposed")
  PROPOSED,
  /** This nation has signed it, another party has not. */
  @JsonProperty("signed")
  SIGNED,
  /** Each party has signed it; its validity has not begun. */
  @JsonProperty("agreed")
  AGREED,
  /** It decides. */
  @JsonProperty("in-force")
  IN_FORCE,
  /** A newer version decides. */
  @JsonProperty("superseded")
  SUPERSEDED,
  /** Its validity is over. */
  @JsonProperty("expired")
  EXPIRED,
  /** It was ended before its time, or before it bound anybody. */
  @JsonProperty("terminated")
  TERMINATED
}
