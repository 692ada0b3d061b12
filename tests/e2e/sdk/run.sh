#!/bin/sh
# The SDKs' tests: run.sh WORK_FOLDER GEMINI_PROXY. What npm installs goes to the work folder, and so do the tests, as
# Node looks for modules beside the file that imports them. The installation is done once for each lock file.
set -eu
source=$(cd -P "$(dirname "$0")" && pwd -P)
work=$1
mkdir -p "$work"
rm -f "$work"/*.mjs
cp "$source"/*.mjs "$source/package.json" "$source/.npmrc" "$work"
cd "$work"
if ! cmp -s "$source/package-lock.json" installed.json; then
    rm -f installed.json
    cp "$source/package-lock.json" .
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
    cp package-lock.json installed.json
fi
# Only what a test says may count, and the clients talk to this machine alone.
unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY
unset GEMINI_API_KEY GOOGLE_API_KEY GEMINI_PROXY_TOKEN GOOGLE_GEMINI_BASE_URL GOOGLE_GENAI_USE_VERTEXAI
unset OPENAI_API_KEY OPENAI_BASE_URL OPENAI_ORG_ID OPENAI_PROJECT_ID
unset ANTHROPIC_API_KEY ANTHROPIC_AUTH_TOKEN ANTHROPIC_BASE_URL ANTHROPIC_CUSTOM_HEADERS ANTHROPIC_LOG
GEMINI_PROXY_PROGRAM=$2 exec node --test
