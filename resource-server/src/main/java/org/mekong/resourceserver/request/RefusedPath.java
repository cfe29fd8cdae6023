package org.mekong.resourceserver.request;

/** A request target that could be read in two ways; the message may be answered with status 400. */
public final class RefusedPath extends Exception {
  private static final long serialVersionUID = 1;

  RefusedPath(String message) {
    super(message);
  }
}
