package org.mekong.registry.testing;

import java.nio.file.Path;
import org.mekong.resourceserver.testing.TestIssuer;

/**
 * Where a test finds the node.
 *
 * @param url base URL of the register
 * @param folder certificates and keys
 * @param database name of the node's database in the embedded PostgreSQL
 */
public record TestSetting(TestIssuer issuer, String url, Path folder, String database) {}
