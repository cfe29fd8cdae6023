package org.mekong.client.command;

import com.nimbusds.oauth2.sdk.rar.AuthorizationDetail;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** To which register a command goes, and as whom. */
final class RegisterOptions {

  @Option(
      names = "--node",
      paramLabel = "URL",
      description = "base URL of the register; default: the one that the profile names")
  private @Nullable URI node;

  @Option(
      names = "--profile",
      paramLabel = "FILE",
      description = "who comes; default: the registry office that deploy/local/up registered")
  private @Nullable Path profile;

  /** The register's door, for what a scope allows. */
  RegisterDoor door(String scope, List<AuthorizationDetail> details) throws IOException {
    return new RegisterDoor(profile, node, scope, details);
  }
}
