package org.mekong.kubernetes.kustomize;

/** A kustomization uses something that kustomize may know and this renderer does not. */
public final class UnknownToRenderer extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnknownToRenderer(String where, String what) {
    super(where + ": the test's renderer does not know " + what);
  }
}
