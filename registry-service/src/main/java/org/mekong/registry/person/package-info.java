/** Persons: registering them and reading them, field by field, for a purpose. */
@NullMarked
package org.mekong.registry.person;

import org.jspecify.annotations.NullMarked;
