/** What is granted, before it is signed, and how each grant type comes to it. */
@NullMarked
package org.mekong.identity.token.grant;

import org.jspecify.annotations.NullMarked;
