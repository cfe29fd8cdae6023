package org.mekong.registry.purpose;

/** A purpose on the wire. */
public record PurposeView(String code, String description) {

  static PurposeView of(PurposeEntity purpose) {
    return new PurposeView(purpose.code, purpose.description);
  }
}
