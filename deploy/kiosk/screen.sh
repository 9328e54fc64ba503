#!/bin/sh
# Turns the picture and keeps the panel on. Run inside the kiosk's own session, before the browser:
# ExecStart=/usr/bin/cage -d -- /bin/sh -c '/opt/infolett-kiosk/screen.sh; exec /opt/infolett-kiosk/launch.sh'
set -eu
OUTPUT="${INFOLETT_OUTPUT:-$(wlr-randr | sed -n '1s/ .*//p')}"
wlr-randr --output "$OUTPUT" --on --transform "${INFOLETT_TRANSFORM:-normal}" --scale 1
