#!/bin/sh
# Restarts a screen that stands still: the office answers, but says that this screen is not connected. A browser that ends
# is started again by its own unit; this is for a page that has crashed or hangs while the browser runs.
# Run by infolett-kiosk-watchdog.service as long as the computer is on.
set -eu

: "${INFOLETT_URL:?set INFOLETT_URL in /etc/infolett-kiosk.conf}"
: "${INFOLETT_NAME:?set INFOLETT_NAME to the name this screen has in the console}"
: "${LOOK_EVERY_S:=2}"
# A healthy page is back within five seconds of its server; a page that is gone is not.
: "${LOST_AFTER_LOOKS:=4}"
# A screen that the office has not heard of at all may be waiting for its code to be typed in, or was given another name.
: "${UNKNOWN_AFTER_LOOKS:=60}"
# When one restart did not make it known, the next ones are far apart: visitors may be standing at it.
: "${UNKNOWN_AGAIN_AFTER_LOOKS:=1800}"

ORIGIN=$(printf '%s' "$INFOLETT_URL" | sed -E 's#^(https?://[^/]+).*#\1#')

# The name as it stands in JSON.
NAME=$(printf '%s' "$INFOLETT_NAME" | sed 's/["\\]/\\&/g')

# says STATE: whether the office tells this of a kiosk or display of this name
says() {
  printf '%s' "$HEALTH" | grep -Fq \
    -e "\"kind\":\"kiosk\",\"name\":\"$NAME\",\"state\":\"$1\"" \
    -e "\"kind\":\"display\",\"name\":\"$NAME\",\"state\":\"$1\""
}

BOOT=''
LOST=0
UNKNOWN=0
PATIENCE=$UNKNOWN_AFTER_LOOKS
while sleep "$LOOK_EVERY_S"; do
  HEALTH=$(curl --silent --max-time 10 "$ORIGIN/healthz") || HEALTH=''
  BEFORE=$BOOT
  BOOT=$(printf '%s' "$HEALTH" | sed -nE 's/.*"bootId":"([^"]+)".*/\1/p')
  # No office, or another one than at the last look: every screen has to come back to it first. Not the screen's fault.
  if [ -z "$BOOT" ] || [ "$BOOT" != "$BEFORE" ] || says ok; then
    LOST=0
    UNKNOWN=0
    if [ -n "$BOOT" ] && says ok; then PATIENCE=$UNKNOWN_AFTER_LOOKS; fi
  elif says trouble; then
    LOST=$((LOST + 1))
  else
    UNKNOWN=$((UNKNOWN + 1))
  fi
  if [ "$LOST" -ge "$LOST_AFTER_LOOKS" ] || [ "$UNKNOWN" -ge "$PATIENCE" ]; then
    if [ "$UNKNOWN" -gt 0 ]; then PATIENCE=$UNKNOWN_AGAIN_AFTER_LOOKS; fi
    systemctl restart infolett-kiosk.service || true
    BOOT='' # it begins to count anew
    LOST=0
    UNKNOWN=0
  fi
done
