/**
 * What stands between two nations when something fails: a proxy of TCP connections that can be told
 * to fail, a load that repeats what it got no answer to, and a checker that reads the logs of both
 * sides and says what was lost or done twice.
 */
@NullMarked
package org.mekong.system.fault;

import org.jspecify.annotations.NullMarked;
