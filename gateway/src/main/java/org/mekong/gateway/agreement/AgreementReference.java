package org.mekong.gateway.agreement;

/**
 * Names one version of one agreement; both gateways must hold the same for an exchange under it.
 *
 * @param id lower case, such as {@code vn-la}
 * @param version 1 or more
 */
public record AgreementReference(String id, int version) {

  /** The rule id of a decision under this agreement, such as {@code vn-la/1/marriage/fields}. */
  String rule(String... parts) {
    return id + "/" + version + "/" + String.join("/", parts);
  }

  @Override
  public String toString() {
    return id + "/" + version;
  }
}
