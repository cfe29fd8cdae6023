package org.mekong.registry.caller;

/**
 * Who may call an operation, as values of the one permission annotation, {@code @RolesAllowed}.
 * Those of tokens carry a prefix, so that no scope can pass for the gateway.
 */
public final class Roles {

  /** Read persons for the purposes that the token carries. */
  public static final String PERSON_READ = "scope:person.read";

  /** Look at what is held about oneself; the token names the person. */
  public static final String PERSON_SELF = "scope:person.self";

  /** Register persons. */
  public static final String PERSON_WRITE = "scope:person.write";

  /** Look at pairs that may be one person, and decide. */
  public static final String DUPLICATE_REVIEW = "scope:duplicate.review";

  /** Follow the change feed. */
  public static final String FEED_READ = "scope:feed.read";

  /** Bring persons into the register by files. */
  public static final String REGISTER_IMPORT = "scope:register.import";

  /** Take many persons out of the register at a time. */
  public static final String REGISTER_EXPORT = "scope:register.export";

  /** Run the register. */
  public static final String ADMIN = "scope:registry.admin";

  /** This nation's gateway, known by its certificate. */
  public static final String GATEWAY = "gateway";

  /** What a scope is called as a role. */
  public static final String SCOPE_PREFIX = "scope:";

  private Roles() {}
}
