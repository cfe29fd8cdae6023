/** What a client may know of the person who signed in (OpenID Connect Core section 5.3). */
@NullMarked
package org.mekong.identity.userinfo;

import org.jspecify.annotations.NullMarked;
