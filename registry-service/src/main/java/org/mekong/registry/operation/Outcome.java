package org.mekong.registry.operation;

import java.net.URI;

/**
 * How a creating request ended.
 *
 * @param status HTTP status
 * @param location what was made
 * @param body JSON
 */
public record Outcome(int status, URI location, String body) {}
