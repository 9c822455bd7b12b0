#!/usr/bin/env bash
# Builds and tests everything. Each project's results are added up; the last line has the totals: N passed, N failed, N skipped.
set -u
cd "$(dirname "$0")/.."
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
status=0

# The library that the tokenizers are compared with; without it those tests are skipped and say so.
if command -v npm > /dev/null && [ ! -d tests/oracle/node_modules ]; then
  npm install --no-package-lock --no-audit --no-fund --prefix tests/oracle > /dev/null || echo "the Hugging Face tokenizers library could not be installed"
fi

dotnet build BertCompiler.sln -c Release --nologo -v quiet || status=1
if [ $status -eq 0 ]; then
  for project in tests/*.Tests/*.csproj; do
    name=$(basename "$project" .csproj)
    echo "== $name"
    dotnet test "$project" -c Release --no-build --nologo -v quiet --logger "trx;LogFileName=$name.trx" --results-directory "$results" || status=1
    # A project whose tests could not even start leaves no results: that is a failure, not a silence.
    [ -f "$results/$name.trx" ] || { echo "$name: no results"; status=1; missing=$((${missing:-0} + 1)); }
  done
fi

count() { cat "$results"/*.trx 2> /dev/null | grep -o "<Counters [^>]*" | grep -o " $1=\"[0-9]*\"" | grep -o '[0-9]*' | awk '{n += $1} END {print n + 0}'; }
total=$(count total); passed=$(count passed); failed=$(count failed); executed=$(count executed)
failed=$((failed + ${missing:-0}))
[ $status -ne 0 ] && [ "$failed" -eq 0 ] && failed=1
[ "$failed" -gt 0 ] && status=1

# Why tests were skipped: the reason that each gives, counted.
cat "$results"/*.trx 2> /dev/null | awk '
  /<UnitTestResult / { skipped = /outcome="NotExecuted"/; if (skipped && /\/>/) { reasons["no reason given"]++; skipped = 0 } }
  skipped && /<Message>/ { sub(/^.*<Message>/, ""); sub(/<\/Message>.*$/, ""); gsub(/&lt;/, "<"); gsub(/&gt;/, ">"); gsub(/&quot;/, "\""); gsub(/&amp;/, "\\&"); reasons[$0]++; skipped = 0 }
  END { for (reason in reasons) printf "%d skipped: %s\n", reasons[reason], reason }' | sort -rn
echo "$passed passed, $failed failed, $((total - executed)) skipped"
exit $status
