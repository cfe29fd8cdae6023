/**
 * Kubernetes manifests as they are: a tree of YAML with a kind and a name, the set of all manifests
 * of one overlay, and the quantities in them. Nothing here knows what is right or wrong.
 */
@NullMarked
package org.mekong.kubernetes.manifest;

import org.jspecify.annotations.NullMarked;
