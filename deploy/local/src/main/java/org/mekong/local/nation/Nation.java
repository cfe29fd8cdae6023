package org.mekong.local.nation;

import java.net.URI;
import java.util.List;
import java.util.Locale;

/** A country that this launcher knows, with its place among the local ports. */
public enum Nation {
  /** Viet Nam. */
  VN("Viet Nam", 0),
  /** Laos. */
  LA("Laos", 100),
  /** Cambodia, which nobody knows at first: administrators make it one of them. */
  KH("Cambodia", 200);

  /** The nations that know each other from their first start on. */
  public static final List<Nation> FOUNDING = List.of(VN, LA);

  /** Beside the services of {@link Part}. */
  private static final int PORTAL = 14;

  private final String label;
  private final int offset;

  Nation(String label, int offset) {
    this.label = label;
    this.offset = offset;
  }

  /** The country's English name. */
  public String label() {
    return label;
  }

  /** Whether it knows the other founding nations from its first start on. */
  public boolean founding() {
    return FOUNDING.contains(this);
  }

  /** The code in lower case, as file, database and origin names have it. */
  public String lower() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The port of one of its services, counted from the launcher's base port. */
  public int port(Part part, int basePort) {
    return basePort + offset + part.offset;
  }

  /** The base URL of one of its services. */
  public URI url(Part part, int basePort) {
    return URI.create("https://localhost:" + port(part, basePort));
  }

  /** Where its citizens' portal is. */
  public URI portal(int basePort) {
    return URI.create("https://localhost:" + (basePort + offset + PORTAL));
  }

  /**
   * The resource behind which the registry office's desk is the service: what its officers' tokens
   * are for, before the desk exchanges them. A name; nothing of the launcher answers there.
   */
  public URI desk() {
    return URI.create("https://desk." + lower() + ".mekong.example");
  }

  /** The origin of a service's log of one year (C2SP tlog-checkpoint). */
  public String logOrigin(Part part, int year) {
    return lower() + ".mekong.example/" + part.feature() + "/" + year;
  }

  /** The three services of a node, in the order in which they start. */
  public enum Part {
    IDENTITY("identity", "identity-service", 11),
    REGISTRY("registry", "registry-service", 12),
    GATEWAY("gateway", "gateway", 13);

    /** All of them. */
    public static final List<Part> ALL = List.of(values());

    private final String feature;
    private final String module;
    private final int offset;

    Part(String feature, String module, int offset) {
      this.feature = feature;
      this.module = module;
      this.offset = offset;
    }

    /** The word that the service's configuration keys and log origin begin with. */
    public String feature() {
      return feature;
    }

    /** The Maven module that builds it. */
    public String module() {
      return module;
    }
  }
}
