/**
 * What of a request a client's registration allows: scopes, audiences, authorization details. The
 * same rules hold wherever something is asked for.
 */
@NullMarked
package org.mekong.identity.permission;

import org.jspecify.annotations.NullMarked;
