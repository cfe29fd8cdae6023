/**
 * People as administrators see them: officers with roles and offices, administrators, and the
 * accounts of citizens; how they get their first password, and their sessions.
 */
@NullMarked
package org.mekong.identity.officer;

import org.jspecify.annotations.NullMarked;
