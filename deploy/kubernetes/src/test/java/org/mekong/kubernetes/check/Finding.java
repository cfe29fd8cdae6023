package org.mekong.kubernetes.check;

import org.mekong.kubernetes.manifest.Manifest;

/**
 * Something wrong.
 *
 * @param rule the rule that found it, in kebab case; the name of the folder of its broken manifests
 * @param where the object, as kind/name
 * @param what what is wrong with it, in words that help to mend it
 */
public record Finding(String rule, String where, String what) {

  static Finding of(String rule, Manifest manifest, String what) {
    return new Finding(rule, manifest.toString(), what);
  }
}
