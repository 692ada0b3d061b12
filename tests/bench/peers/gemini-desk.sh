#!/bin/sh
# The window's proxy, to be compared with gemini-proxy; the processor time is the whole program's.
export GEMINI_API_KEY=bench XDG_DATA_HOME="$WORK/data" XDG_CONFIG_HOME="$WORK/config" XDG_STATE_HOME="$WORK/state" no_proxy='*'
export QT_QPA_PLATFORM="${QT_QPA_PLATFORM:-offscreen}" XDG_RUNTIME_DIR="$WORK"
unset GEMINI_PROXY_DEMO GEMINI_PROXY_LISTEN GEMINI_PROXY_TOKEN
exec "$BIN/gemini-desk" --port "$PORT" --upstream "$UPSTREAM" --log-level warning ${CA_FILE:+--ca-file "$CA_FILE"}
