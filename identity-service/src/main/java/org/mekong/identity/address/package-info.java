/**
 * Addresses whose query cannot be decoded: people are told by a page, clients by the error that
 * their standard names, and nobody is sent anywhere.
 */
@NullMarked
package org.mekong.identity.address;

import org.jspecify.annotations.NullMarked;
