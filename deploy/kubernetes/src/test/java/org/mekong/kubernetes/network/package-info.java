/**
 * Who can open a connection to whom: the pods that the manifests make, the callers outside, and the
 * network policies between them, evaluated as Kubernetes defines them.
 */
@NullMarked
package org.mekong.kubernetes.network;

import org.jspecify.annotations.NullMarked;
