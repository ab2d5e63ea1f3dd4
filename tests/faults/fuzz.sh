#!/usr/bin/env bash
# Schemathesis over the served API, as three roles: no 5xx, and no answer that is not documented.
set -euo pipefail
cd "$(dirname "$0")/../.."
PORT=8771
export FAIRHOLD_DATA="${FAIRHOLD_DATA:-$(mktemp -d)}"
.venv/bin/python -m fairhold demo --port "$PORT" > /dev/null 2>&1 &
DESK=$!
trap 'kill -TERM $DESK; wait $DESK || true' EXIT
for _ in $(seq 100); do
  curl -sf "http://127.0.0.1:$PORT/healthz" > /dev/null && break
  sleep 0.1
done
for role in buyer seller operator; do
  key=$(.venv/bin/python -c "import json, os, sys
print(next(row['key'] for row in json.load(open(os.environ['FAIRHOLD_DATA'] + '/demo.json')) if row['role'] == sys.argv[1]))" "$role")
  echo "as $role"
  .venv/bin/st run "http://127.0.0.1:$PORT/api/openapi.json" \
    -H "Authorization: Bearer $key" --max-examples "${1:-15}" --seed 1 --phases examples,fuzzing \
    --checks not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance
done
