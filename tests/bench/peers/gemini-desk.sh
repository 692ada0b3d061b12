#!/bin/sh
# This is the proxy inside gemini-desk, for comparison with gemini-proxy. Processor time is that of the whole program.
export GEMINI_API_KEY=bench XDG_DATA_HOME="$WORK/data" XDG_CONFIG_HOME="$WORK/config" XDG_STATE_HOME="$WORK/state" no_proxy='*'
export QT_QPA_PLATFORM="${QT_QPA_PLATFORM:-offscreen}" XDG_RUNTIME_DIR="$WORK"
unset GEMINI_PROXY_DEMO GEMINI_PROXY_LISTEN GEMINI_PROXY_TOKEN
exec "$BIN/gemini-desk" --port "$PORT" --upstream "$UPSTREAM" --log-level warning ${CA_FILE:+--ca-file "$CA_FILE"}
