#!/bin/sh
exec "$(command -v nodejs || command -v node)" "$(dirname "$0")/node.mjs"
