/** Requests that nobody would send on purpose, made from the OpenAPI document. */
@NullMarked
package org.mekong.registry.fuzz;

import org.jspecify.annotations.NullMarked;
