#!/usr/bin/env bash
# A Chromium for the browser tests: Debian's when we may install it, the machine's, or else Playwright's own.
# The one without windows (headless shell) opens a page in a third of the time: rather that than another.
set -euo pipefail
venv=$1

if command -v chromium-headless-shell >/dev/null; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "· Installing Chromium from Debian …"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq || true  # what is known already may do
  if apt-get install -y -qq chromium-headless-shell >/dev/null; then exit 0; fi
  command -v chromium >/dev/null || apt-get install -y -qq chromium >/dev/null
fi
if command -v chromium >/dev/null; then exit 0; fi
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
