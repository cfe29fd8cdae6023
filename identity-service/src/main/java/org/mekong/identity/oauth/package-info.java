/**
 * What the endpoints of OAuth share: forms read strictly, clients authenticated by their key or
 * certificate, tokens bound to whoever asks, errors in the shape of RFC 6749 section 5.2. Messages
 * are read and written by the Nimbus SDK; this package decides.
 */
@NullMarked
package org.mekong.identity.oauth;

import org.jspecify.annotations.NullMarked;
