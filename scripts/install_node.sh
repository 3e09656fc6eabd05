#!/usr/bin/env bash
# Bring from npm exactly what package-lock.json names: bun, which builds the web, the demo's mail catcher, and the tests' provider.
set -euo pipefail

sentence() { echo "$1" >&2; exit 1; }

command -v node >/dev/null && command -v npm >/dev/null ||
  sentence "Node 20 or newer and npm are missing: an administrator must install the packages nodejs and npm."
[ "$(node -p 'parseInt(process.versions.node)')" -ge 20 ] ||
  sentence "Node $(node -v) is too old: an administrator must install Node 20 or newer."

echo "· Installing npm packages …"
# Two leaves of the mail catcher ask for a newer Node than they need; the noise would hide a real warning.
npm ci --no-progress --loglevel=error
# Some npm's run no install scripts: bun's only links the binary that came along to the name `bun`.
node_modules/.bin/bun --version >/dev/null 2>&1 || (cd node_modules/bun && node install.js)
node_modules/.bin/bun --version >/dev/null || sentence "bun does not run on this machine; the web cannot be built."
