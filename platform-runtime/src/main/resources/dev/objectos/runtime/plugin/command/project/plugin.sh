#!/usr/bin/env bash
# Builds, tests and runs this plugin; `./plugin help` lists the commands.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
    cat <<'END'
Usage: ./plugin COMMAND

  build             build the jar in target/
  test              build it, and run the tests against a throw-away server in which it runs
  run [--port N]    build it, and run a throw-away server with it until Ctrl-C
  install [--key KEY] [--approve]
                    build it, sign it with KEY, and install or update it on the server of OBJECTOS_URL and OBJECTOS_TOKEN,
                    else on the local one; without KEY it stays unsigned, which a server in development mode takes
  help              print this text

Environment:
  OBJECTOS_FOLDER   the folder of ObjectOS (default: as in pom.xml)
END
}

fail() {
    printf 'plugin: %s\n' "$1" >&2
    exit "${2:-1}"
}

# Sets folder to the one of ObjectOS, made absolute.
find_objectos() {
    local named
    named=${OBJECTOS_FOLDER:-$(sed -n 's|.*<objectos.folder>\(.*\)</objectos.folder>.*|\1|p' pom.xml)}
    named=${named/'${project.basedir}'/.}
    [ -x "$named/objectos" ] || fail "there is no ObjectOS in $named; set OBJECTOS_FOLDER to its folder"
    folder=$(cd "$named" && pwd -P)
}

# MAVEN_ARGS such as -o are Maven's own. The two options silence what its libraries make JDK 25 say.
maven() {
    env JAVA_HOME="$("$folder/objectos" java-home)" \
        MAVEN_OPTS="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow ${MAVEN_OPTS:-}" \
        mvn -q -B -Dobjectos.folder="$folder" "$@"
}

# Sets jar to what was built.
build() {
    find_objectos
    "$folder/objectos" prepare
    rm -f target/*.jar
    maven package
    jar=$(echo target/*.jar)
    [ -f "$jar" ] || fail "the build made no jar, or several: $jar"
}

install() {
    local key='' approve=
    while [ $# -gt 0 ]; do
        case $1 in
            --key)
                [ -f "${2:-}" ] || fail "--key needs the file of a key, such as ./objectos plugin keygen makes" 2
                key=$2
                shift 2
                ;;
            --approve)
                approve=$1
                shift
                ;;
            *) fail "install does not know '$1'" 2 ;;
        esac
    done
    build
    if [ -n "$key" ]; then
        "$folder/objectos" plugin sign "$jar" --key "$key"
    fi
    exec "$folder/objectos" plugin install "$jar" ${approve:+"$approve"}
}

case ${1:-} in
    build)
        build
        printf 'Built %s.\n' "$jar"
        ;;
    test)
        build
        "$folder/objectos" plugin try "$jar" -- env OBJECTOS_FOLDER="$folder" ./plugin tests
        printf 'The tests have passed.\n'
        ;;
    tests)
        # For the command above: the server is there.
        find_objectos
        maven -Dmaven.test.skip=false test
        ;;
    run)
        shift
        build
        exec "$folder/objectos" plugin try "$jar" "$@"
        ;;
    install)
        shift
        install "$@"
        ;;
    help | --help | -h) usage ;;
    *)
        usage >&2
        fail "there is no command '${1:-}'" 2
        ;;
esac
