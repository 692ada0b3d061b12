#!/bin/sh
# The coding agents' tests: run.sh WORK_FOLDER GEMINI_PROXY [TEST_FILE...], all files where none is named. npm installs
# the agents and a Node that is new enough for them into the work folder, once for each lock file.
set -eu
if [ "${GEMINI_DESK_AGENT_TESTS:-}" != 1 ]; then
    echo "Left out, as the agents are large; to run them: GEMINI_DESK_AGENT_TESTS=1 ctest -R '^agents$' -V"
    exit 77
fi
source=$(cd -P "$(dirname "$0")" && pwd -P)
work=$1
GEMINI_PROXY_PROGRAM=$(realpath "$2")
export GEMINI_PROXY_PROGRAM
shift 2
mkdir -p "$work"
work=$(cd -P "$work" && pwd -P)
cp "$source/package.json" "$source/.npmrc" "$work"
cd "$work"
if ! cmp -s "$source/package-lock.json" installed.json; then
    rm -f installed.json
    cp "$source/package-lock.json" .
    rm -rf node_modules
    # Not "npm ci", which wants the lock file to know the packages for all other systems, too, though not every mirror
    # has them.
    npm install --no-save --ignore-scripts --no-audit --no-fund --loglevel=error
    cp "$source/package-lock.json" installed.json
fi
# An agent's environment is made anew by the harness; the proxy's and the tests' own talk to this machine alone.
unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY
unset GEMINI_API_KEY GOOGLE_API_KEY GEMINI_PROXY_TOKEN
export AGENTS="$work/node_modules" PATH="$work/node_modules/.bin:$PATH"
cd "$source"
[ $# -gt 0 ] || set -- ./*.test.mjs
# One after another, as each is slow and wants the machine for itself.
exec node --test --test-concurrency=1 --test-reporter=spec "$@"
