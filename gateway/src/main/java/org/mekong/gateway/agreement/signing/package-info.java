/**
 * How nations sign an agreement: a detached JWS each, over the document's bytes as they were sent.
 */
@NullMarked
package org.mekong.gateway.agreement.signing;

import org.jspecify.annotations.NullMarked;
