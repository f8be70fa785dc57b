#!/usr/bin/env bash
# benchmark-peers.sh [option...] --against COMMAND... WORKLOAD...
# Times this engine and others in alternated rounds, one process for each measurement, and prints a Markdown table.
#   --against COMMAND   another engine; called as COMMAND THREADS --warmup n --steps n --seconds s WORKLOAD, it must print one line of JSON
#                       like those of benchmark.sh, or nothing for a workload it does not offer; may be given several times
#   --engines "..."     ours: vector plain exact (vector plain)
#   --threads "..."     numbers of threads (1 2)
#   --rounds n          (5)
#   --warmup n, --steps n, --seconds s   length of each measurement (3, 5, 4)
#   --file FILE         where the lines go (target/benchmark-peers.jsonl); an existing file is started anew
#   WORKLOAD            as for benchmark.sh; NAME=OTHER where the others call it OTHER
# The variable JAVA chooses the Java virtual machine of both sides.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
engines="vector plain" threads="1 2" rounds=5 warmup=3 steps=5 seconds=4 file=$here/target/benchmark-peers.jsonl
others=() workloads=()
while [ $# -gt 0 ]; do
	case $1 in
		--against) others+=("$2"); shift ;;
		--engines) engines=$2; shift ;;
		--threads) threads=$2; shift ;;
		--rounds) rounds=$2; shift ;;
		--warmup) warmup=$2; shift ;;
		--steps) steps=$2; shift ;;
		--seconds) seconds=$2; shift ;;
		--file) file=$2; shift ;;
		-*) sed -n '2,14p' "$0" >&2; exit 2 ;;
		*) workloads+=("$1") ;;
	esac
	shift
done
if [ ${#workloads[@]} = 0 ]; then
	sed -n '2,14p' "$0" >&2
	exit 2
fi
length=(--warmup "$warmup" --steps "$steps" --seconds "$seconds")
mkdir -p "$(dirname "$file")"
: >"$file"

# measure ROUND NAME COMMAND...: runs the command, adds its line with the round to the file and shows it
measure() {
	local round=$1 name=$2
	shift 2
	if ! "$@" 2>"$file.errors" | grep '"median_ms"' | sed -E "s/^\{/{\"round\":$round,/; s/\"workload\": ?\"[^\"]*\"/\"workload\":\"$name\"/" >"$file.line"; then
		[ ! -s "$file.errors" ] || { echo "$* failed:"; tail -n 3 "$file.errors"; } >&2
		return
	fi
	cat "$file.line" >&2
	cat "$file.line" >>"$file"
}

for round in $(seq "$rounds"); do
	for workload in "${workloads[@]}"; do
		for t in $threads; do
			for engine in $engines; do
				measure "$round" "${workload%=*}" "$here/benchmark.sh" "$engine" "$t" "${length[@]}" "${workload%=*}"
			done
			for other in "${others[@]}"; do
				# shellcheck disable=SC2086 -- a command with its arguments
				measure "$round" "${workload%=*}" $other "$t" "${length[@]}" "${workload#*=}"
			done
		done
	done
done
rm -f "$file.errors" "$file.line"

java=${JAVA:-java}
echo "Machine: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | sort | uniq -c | sed 's/^ *\([0-9]*\) /\1 x /')," \
	"$("$java" -version 2>&1 | sed -n '2p'), commit $(git -C "$here" rev-parse --short HEAD 2>/dev/null || echo unknown), $rounds rounds"
"$java" -cp "$here/target/test-classes" sc.fiji.glia.benchmark.Comparison "$file"
