package org.mekong.client.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;

class MekongTest {
  @Test
  void aServiceThatIsAwayIsToldInWordsAndNotByAClassName() {
    assertTrue(Mekong.reason(new ConnectException()).contains("mekong status"));
    assertEquals("the reason", Mekong.reason(new IOException("the reason")));
  }
}
