#!/bin/sh
# The proxy runs as users get it, but without a log, since the other peers write none. It counts usage in a folder that
# is deleted afterwards.
export GEMINI_API_KEY=bench XDG_DATA_HOME="$WORK/data" XDG_CONFIG_HOME="$WORK/config" no_proxy='*'
unset GEMINI_PROXY_DEMO GEMINI_PROXY_LISTEN GEMINI_PROXY_TOKEN
exec "$BIN/gemini-proxy" serve --port "$PORT" --upstream "$UPSTREAM" --log-level warning ${CA_FILE:+--ca-file "$CA_FILE"}
