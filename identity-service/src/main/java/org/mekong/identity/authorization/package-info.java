/**
 * What leads to an authorization code: pushed requests (RFC 9126), the authorization endpoint (RFC
 * 6749 section 3.1, OpenID Connect Core section 3.1.2, RFC 9207), and the codes themselves. It
 * decides whether a person has to sign in or to consent, and knows nothing of the pages where they
 * do.
 */
@NullMarked
package org.mekong.identity.authorization;

import org.jspecify.annotations.NullMarked;
