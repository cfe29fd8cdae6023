/**
 * The nation profile: what differs between countries, as data. Provinces, places of birth
 * registration, legal ages, scripts of names, time zone. Everything else asks the profile and knows
 * no country.
 */
@NullMarked
package org.mekong.registry.nation;

import org.jspecify.annotations.NullMarked;
