/**
 * The log of this gateway: what its entries say, how they are appended with the work they are
 * about, and how the log is served to everybody. No entry holds a name, a number or a plain hash of
 * one.
 */
@NullMarked
package org.mekong.gateway.receipt;

import org.jspecify.annotations.NullMarked;
