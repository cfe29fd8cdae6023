# Sourced by up and mekong: builds the services and the launcher where a source is newer than what was built.

mekong_sources_newer() { # $1: project, $2: what was built
  [ ! -f "$2" ] || [ -n "$(cd "$1" && find pom.xml transparency-log resource-server webhooks identity-service registry-service gateway deploy/local \
    \( -name target -o -name data -o -name test \) -prune -o -type f \( -path '*/src/main/*' -o -name pom.xml \) -newer "$2" -print 2>/dev/null | head -n 1)" ]
}

mekong_build() { # $1: project
  built="$1/deploy/local/target/built"
  mekong_sources_newer "$1" "$built" || return 0
  log="$1/deploy/local/target/build.log"
  mkdir -p "$1/deploy/local/target"
  echo "Building (the first time downloads what is needed, about three minutes); the log is $log"
  # The exit code of Maven is kept in a file, since a pipe in POSIX sh would lose it.
  { MEKONG_QUIET=1 "$1/mvnw" -f "$1/pom.xml" --batch-mode -DskipTests -Dspotless.check.skip=true -Dmdep.analyze.skip=true \
      -pl identity-service,registry-service,gateway,deploy/local -am package 2>&1; echo "maven exit $?"; } |
    tee "$log" | sed -n 's/^\[INFO\] Building Mekong \([^ ]*\).*\(\[[0-9]*\/[0-9]*\]\)$/  ·  \2 \1/p'
  if ! tail -n 1 "$log" | grep -q '^maven exit 0$'; then
    grep -m 12 '^\[ERROR\]' "$log" >&2 || tail -n 12 "$log" >&2
    echo "The build failed; all of it is in $log" >&2
    exit 1
  fi
  touch "$built"
}
