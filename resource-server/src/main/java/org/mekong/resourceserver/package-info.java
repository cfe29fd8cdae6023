/**
 * What every protected resource of Mekong does before it looks at a request, one package a step:
 * {@code request} refuses a path that two parsers could read differently and finds the access
 * token, {@code token} verifies it (RFC 9068), {@code sender} whether it comes from whom it was
 * issued to, by a proof of its key ({@code dpop}, RFC 9449) or by the certificate of the connection
 * (RFC 8705), and {@code singleuse} spends the proof exactly once. {@code key} is what all of them
 * sign and verify by. Mechanism only: no framework, no bean, no word of the domain; each service
 * writes its own thin filter over it.
 */
@NullMarked
package org.mekong.resourceserver;

import org.jspecify.annotations.NullMarked;
