#!/usr/bin/env bash
# Changes core/rules in a copy of the tree, one small thing at a time, and runs its tests.
# Prints the share that a test noticed and every change that none did; at least nine tenths.
set -euo pipefail
cd "$(dirname "$0")/../.."
LEAST=${1:-90}
PROGRAM="$PWD/.venv/bin/mutmut"
COPY="$(mktemp -d)"
trap 'rm -rf "$COPY"' EXIT
cp -r pyproject.toml README.md src tests rulebooks logistics languages "$COPY"
cd "$COPY"
"$PROGRAM" run --max-children 2 > "$COPY/log" 2>&1 || { tail -c 2000 "$COPY/log"; exit 1; }
"$PROGRAM" export-cicd-stats > /dev/null
"$PROGRAM" results | sed 's/^ */survived: /' | sed 's/^survived: \(.*\): \(.*\)$/\2: \1/'
python3 - "$LEAST" <<'PYTHON'
import json
import sys

told = json.load(open("mutants/mutmut-cicd-stats.json"))
noticed = told["killed"] + told["timeout"] + told.get("segfault", 0)
share = 100 * noticed / told["total"]
print(f"{noticed} of {told['total']} mutants noticed: {share:.1f} %, at least {sys.argv[1]} % wanted")
sys.exit(share < float(sys.argv[1]))
PYTHON
