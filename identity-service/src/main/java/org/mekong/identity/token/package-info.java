/**
 * The token endpoint and what tells others about it: client authentication by private_key_jwt,
 * DPoP, what of the request the client's registration allows, and the signed token. Messages are
 * read and written by the Nimbus SDK; this package decides.
 */
@NullMarked
package org.mekong.identity.token;

import org.jspecify.annotations.NullMarked;
