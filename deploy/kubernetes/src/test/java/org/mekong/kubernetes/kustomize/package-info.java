/**
 * Renders the small part of kustomize that the overlays use, so that they can be tested where
 * kustomize is not installed. Whatever is not in that part is refused by name, never passed over.
 * Where {@code kubectl} is on the path, a test compares this rendering with kustomize's own.
 */
@NullMarked
package org.mekong.kubernetes.kustomize;

import org.jspecify.annotations.NullMarked;
