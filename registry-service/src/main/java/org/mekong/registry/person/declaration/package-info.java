/** Persons as requests declare them: texts and codes, read into particulars. */
@NullMarked
package org.mekong.registry.person.declaration;

import org.jspecify.annotations.NullMarked;
