package org.mekong.registry.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** A register whose way to its database can be cut. */
public final class OverAWire implements QuarkusTestProfile {

  @Override
  public List<TestResourceEntry> testResources() {
    return List.of(new TestResourceEntry(RegistryNode.class, Map.of("relay", "true")));
  }

  @Override
  public boolean disableGlobalTestResources() {
    return true;
  }
}
