#!/bin/sh
[ "${UPSTREAM%%:*}" = http ] || ssl="ssl ca-file $CA_FILE verify required sni str(localhost) verifyhost localhost"
cat >"$WORK/haproxy-$PORT.cfg" <<END
global
    nbthread 1
    maxconn 8192
defaults
    mode http
    timeout connect 10s
    timeout client 300s
    timeout server 300s
    option http-no-delay
    http-reuse always
frontend clients
    bind 127.0.0.1:$PORT backlog 4096
    default_backend gemini
backend gemini
    http-request set-header x-goog-api-key bench
    server gemini 127.0.0.1:$UPSTREAM_PORT $ssl
END
exec haproxy -db -q -f "$WORK/haproxy-$PORT.cfg"
