package org.mekong.identity.permission;

import io.smallrye.config.ConfigMapping;
import java.util.Map;

/** Which clients are the services behind the resources that tokens are issued for. */
@ConfigMapping(prefix = "identity.service")
interface ServiceConfig {
  /** The resource that a client serves, by its client id; the resource is of those configured. */
  Map<String, String> serves();
}
