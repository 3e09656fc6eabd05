#!/usr/bin/env bash
# A Chromium for the browser tests: the machine's, or Debian's when we may install it, or else Playwright's own.
set -euo pipefail
venv=$1

if command -v chromium >/dev/null; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "· Installing Chromium from Debian …"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq chromium >/dev/null
  exit 0
fi
echo "· Installing Playwright's Chromium …"
"$venv/bin/playwright" install chromium || {
  echo "Chromium is missing and could not be fetched: an administrator must run: apt-get install chromium" >&2
  exit 1
}
"$venv/bin/python" -c '
from playwright.sync_api import sync_playwright
with sync_playwright() as p: p.chromium.launch(args=["--no-sandbox"]).close()' 2>/dev/null || {
  echo "Chromium lacks libraries of the system: an administrator must run: apt-get install chromium" >&2
  exit 1
}
