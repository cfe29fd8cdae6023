# Sourced by mvnw and by the scripts in deploy/local: finds the newest JDK >= 21 on this machine,
# exports it as JAVA_HOME and says which one it took. POSIX sh; works under `set -euf`.

mekong_java_major() { # $1: a JDK folder; prints its major version, or nothing
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 0
  if [ -r "$1/release" ]; then
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
  else
    "$1/bin/java" -version 2>&1 | sed -n '1s/.*"\([0-9]*\).*/\1/p'
  fi
}

mekong_jdk_candidates() {
  [ -z "${JAVA_HOME-}" ] || printf '%s\n' "$JAVA_HOME"
  if mekong_on_path=$(command -v javac 2>/dev/null); then
    mekong_real=$(readlink -f "$mekong_on_path" 2>/dev/null || printf '%s' "$mekong_on_path")
    dirname "$(dirname "$mekong_real")"
  fi
  ls -d /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    "${HOME-/nonexistent}"/.sdkman/candidates/java/* "${HOME-/nonexistent}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home 2>/dev/null || :
}

mekong_select_jdk() {
  mekong_best='' mekong_best_major=20
  set +f
  mekong_found=$(mekong_jdk_candidates)
  set -f
  mekong_ifs=$IFS
  IFS='
'
  for mekong_home in $mekong_found; do
    mekong_major=$(mekong_java_major "$mekong_home")
    if [ -n "$mekong_major" ] && [ "$mekong_major" -gt "$mekong_best_major" ]; then
      mekong_best=$mekong_home mekong_best_major=$mekong_major
    fi
  done
  IFS=$mekong_ifs
  if [ -z "$mekong_best" ]; then
    echo "Mekong needs a JDK of version 21 or newer and found none. Install one (Debian: apt-get install openjdk-21-jdk; macOS: brew install openjdk@21; any: sdk install java 25-tem) or point JAVA_HOME at it." >&2
    exit 1
  fi
  JAVA_HOME=$mekong_best
  export JAVA_HOME
  [ -n "${MEKONG_QUIET-}" ] || echo "Using JDK $mekong_best_major at $JAVA_HOME" >&2
}

mekong_select_jdk
