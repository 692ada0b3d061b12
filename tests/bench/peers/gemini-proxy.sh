#!/bin/sh
# As users get it, but for the log: the others write none either. Usage is counted, into a folder that goes.
export GEMINI_API_KEY=bench XDG_DATA_HOME="$WORK/data" XDG_CONFIG_HOME="$WORK/config" no_proxy='*'
unset GEMINI_PROXY_DEMO GEMINI_PROXY_LISTEN GEMINI_PROXY_TOKEN
exec "$BIN/gemini-proxy" serve --port "$PORT" --upstream "$UPSTREAM" --log-level warning ${CA_FILE:+--ca-file "$CA_FILE"}
