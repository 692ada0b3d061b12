#!/bin/sh
export no_proxy='*'
exec "$BIN/bench_qnam"
