/**
 * The end of a session: by the person at an application (OpenID Connect RP-Initiated Logout) or by
 * whoever may end it, told to every application that the session reached (Back-Channel Logout).
 */
@NullMarked
package org.mekong.identity.logout;

import org.jspecify.annotations.NullMarked;
