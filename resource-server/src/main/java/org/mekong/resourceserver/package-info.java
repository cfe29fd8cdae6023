/**
 * What every protected resource of Mekong does before it looks at a request: refuse a path that two
 * parsers could read differently, verify a sender-constrained access token (RFC 9068), verify its
 * DPoP proof (RFC 9449) and spend the proof's identifier exactly once, or verify the certificate
 * that it is bound to (RFC 8705). Mechanism only: no framework, no bean, no word of the domain;
 * each service writes its own thin filter over it.
 */
@NullMarked
package org.mekong.resourceserver;

import org.jspecify.annotations.NullMarked;
