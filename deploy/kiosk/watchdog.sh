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
# A screen that the office has not heard of at all may be waiting for its code to be typed in.
: "${UNKNOWN_AFTER_LOOKS:=60}"

ORIGIN=$(printf '%s' "$INFOLETT_URL" | sed -E 's#^(https?://[^/]+).*#\1#')

# says STATE: whether the office tells this of a kiosk or display of this name
says() {
  printf '%s' "$HEALTH" | grep -Fq \
    -e "\"kind\":\"kiosk\",\"name\":\"$INFOLETT_NAME\",\"state\":\"$1\"" \
    -e "\"kind\":\"display\",\"name\":\"$INFOLETT_NAME\",\"state\":\"$1\""
}

BOOT=''
LOST=0
UNKNOWN=0
while sleep "$LOOK_EVERY_S"; do
  HEALTH=$(curl --silent --max-time 10 "$ORIGIN/healthz") || HEALTH=''
  BEFORE=$BOOT
  BOOT=$(printf '%s' "$HEALTH" | sed -nE 's/.*"bootId":"([^"]+)".*/\1/p')
  # No office, or another one than at the last look: every screen has to come back to it first. Not the screen's fault.
  if [ -z "$BOOT" ] || [ "$BOOT" != "$BEFORE" ] || says ok; then
    LOST=0
    UNKNOWN=0
  elif says trouble; then
    LOST=$((LOST + 1))
  else
    UNKNOWN=$((UNKNOWN + 1))
  fi
  if [ "$LOST" -ge "$LOST_AFTER_LOOKS" ] || [ "$UNKNOWN" -ge "$UNKNOWN_AFTER_LOOKS" ]; then
    systemctl restart infolett-kiosk.service || true
    BOOT='' # it begins to count anew
    LOST=0
    UNKNOWN=0
  fi
done
