package org.mekong.gateway.exchange.answering;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.mekong.gateway.message.ExchangeRequest;
import org.mekong.gateway.message.Refusal;

/** What a signed request of a peer must fulfil before it is admitted. Pure. */
final class RequestCheck {

  private static final String FIX = "The asking gateway must act: ";

  private RequestCheck() {}

  /** Whether the request is the peer's own and meant for us. */
  static Optional<Refusal> addressed(ExchangeRequest request, String peer, String self) {
    if (!request.from().equals(peer)) {
      return Optional.of(
          new Refusal(
              "exchange/from",
              403,
              "The request is in the name of another nation than the certificate.",
              FIX + "send requests of its own nation only."));
    }
    if (!request.to().equals(self)) {
      return Optional.of(
          new Refusal(
              "exchange/to",
              403,
              "The request is addressed to another nation.",
              FIX + "send it to the gateway of the nation that it names."));
    }
    return Optional.empty();
  }

  /**
   * Whether the request was signed now, or may come later and its time is not over; how long it may
   * take is for the agreement to say.
   */
  static Optional<Refusal> fresh(ExchangeRequest request, Instant now, Duration window) {
    Duration age = Duration.between(Instant.ofEpochSecond(request.iat()), now);
    if (age.abs().compareTo(window) <= 0) {
      return Optional.empty();
    }
    Long expires = request.expires();
    if (expires != null && !age.isNegative()) {
      return now.isAfter(Instant.ofEpochSecond(expires))
          ? Optional.of(outlived())
          : Optional.empty();
    }
    return Optional.of(age.isNegative() ? early(age.negated(), window) : late(age, window));
  }

  private static Refusal early(Duration ahead, Duration window) {
    return new Refusal(
        "exchange/clock",
        403,
        "By this gateway's clock the request was signed %d s in the future."
            .formatted(ahead.toSeconds()),
        FIX + "set its clock right and ask anew; the window is " + window + ".");
  }

  /**
   * It was on its way for long, or repeated for long, or its gateway's clock is late: from here
   * nobody can tell, and its asker can.
   */
  private static Refusal late(Duration age, Duration window) {
    return new Refusal(
        "exchange/late",
        403,
        "The request was signed %d s ago and has not come before; it is taken for %d s. Nothing was disclosed."
            .formatted(age.toSeconds(), window.toSeconds()),
        "Ask anew if the answer is still needed, under a new Idempotency-Key if it had one. Where what"
            + " was just asked is refused like this, the asking gateway must set its clock right.");
  }

  private static Refusal outlived() {
    return new Refusal(
        "exchange/outlived",
        403,
        "The request came after the time that it names as its end.",
        FIX + "ask anew if the answer is still needed.");
  }

  static Refusal replayed() {
    return new Refusal(
        "exchange/replay",
        409,
        "The request id or the nonce was used by another request.",
        FIX + "ask anew with a new request id and nonce.");
  }

  static Refusal expired() {
    return new Refusal(
        "exchange/expired",
        410,
        "The request was answered, and the answer is no longer kept.",
        FIX + "ask anew if the answer is still needed.");
  }

  static Refusal unknownAgreement(ExchangeRequest request) {
    return new Refusal(
        "exchange/agreement",
        403,
        "This gateway has no agreement %s version %d with the asking nation."
            .formatted(request.agreement().id(), request.agreement().version()),
        "The operators of both gateways must put the same agreement in force.");
  }

  static Refusal idReusedInRegister() {
    return new Refusal(
        "register/request-id",
        409,
        "The register has answered another question under this request id.",
        FIX + "ask anew with a new request id.");
  }

  static Refusal notPermittedByRegister() {
    return new Refusal(
        "register/permission",
        403,
        "The register permits less than the agreement.",
        "The answering nation's administrator must permit it in the register.");
  }

  static Refusal notTakenByRegister() {
    return new Refusal(
        "register/request",
        400,
        "The register does not take this question.",
        "The asking agency must correct what it asks by.");
  }
}
