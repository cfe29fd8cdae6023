/**
 * What people allow clients: the page that asks them in plain words, and what they allowed before.
 */
@NullMarked
package org.mekong.identity.consent;

import org.jspecify.annotations.NullMarked;
