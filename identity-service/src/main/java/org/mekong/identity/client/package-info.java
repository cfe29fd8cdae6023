/**
 * Clients: the systems of agencies that ask for tokens, their keys, and what each may ask for. A
 * client's permissions are data, and every change of them is in the journal.
 */
@NullMarked
package org.mekong.identity.client;

import org.jspecify.annotations.NullMarked;
