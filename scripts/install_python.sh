#!/usr/bin/env bash
# Make the virtual environment and install exactly what a lock file names.
set -euo pipefail
venv=$1 lock=$2

sentence() { echo "$1" >&2; exit 1; }

command -v "$PYTHON" >/dev/null || sentence "Python 3.11 or newer is missing: an administrator must run: apt-get install python3 python3-venv"
"$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
  sentence "$("$PYTHON" --version) is too old: name a Python 3.11 or newer, as in: make PYTHON=python3.11"
if ! "$PYTHON" -c 'import ensurepip' 2>/dev/null; then
  [ "$(id -u)" = 0 ] || sentence "Python's venv is missing: an administrator must run: apt-get install python3-venv"
  apt-get update -qq && apt-get install -y -qq python3-venv
fi

[ -x "$venv/bin/python" ] || { echo "· Making the Python environment …"; "$PYTHON" -m venv "$venv"; }
echo "· Installing Python packages of $lock …"
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
"$venv/bin/pip" install --no-deps -r "$lock" | sed -uE '/^Requirement already/d; /^Looking in/d; s/^Collecting /  /; /^ /!d; /^  (Downloading|Using|Obtaining|File) /d'
"$venv/bin/pip" install --quiet --no-deps --editable .
"$venv/bin/pip" check
