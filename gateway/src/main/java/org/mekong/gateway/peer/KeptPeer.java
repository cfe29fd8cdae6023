package org.mekong.gateway.peer;

/**
 * A peer as the database has it.
 *
 * @param version counts its changes, from 1
 * @param configured whether it follows the configuration
 */
public record KeptPeer(
    PeerDescription description, int version, boolean suspended, boolean configured) {}
