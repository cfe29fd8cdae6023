package org.mekong.registry.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** A second node, in Laos. */
public final class LaoNode implements QuarkusTestProfile {

  @Override
  public List<TestResourceEntry> testResources() {
    return List.of(new TestResourceEntry(RegistryNode.class, Map.of("nation", "LA")));
  }

  @Override
  public boolean disableGlobalTestResources() {
    return true;
  }
}
