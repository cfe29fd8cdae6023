/**
 * Browser sessions: who signed in by which browser, when, how and how surely. A session is known by
 * a cookie that only this host can set and read.
 */
@NullMarked
package org.mekong.identity.session;

import org.jspecify.annotations.NullMarked;
