#!/usr/bin/env bash
# benchmark.sh ENGINE THREADS [--warmup n] [--steps n] [--seconds s] WORKLOAD...
#   ENGINE     vector, plain, exact (vector without Winograd's algorithm)
#   WORKLOAD   w1-small-train w1-small-infer w1-big-train w1-big-infer w2-train w2-infer w3-train w3-infer w4-train
# Prints one line of JSON for each workload, all timed in one Java virtual machine: at least n steps (7) and s seconds (5) after a warm-up
# of n steps (3) and 2 s.
# peak_rss_mb is the most memory the process has had so far: to read it, give one workload.
# Builds what is missing or old. The variable JAVA chooses the Java virtual machine, HEAP the size of its heap in MiB, JAVA_ARGS more options.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
if [ $# -lt 3 ]; then
	sed -n '2,4p' "$0" >&2
	exit 2
fi

built=$here/target/benchmark-built
if [ ! -e "$built" ] || [ -n "$(find "$here/src" "$here/pom.xml" -newer "$built" \( -name '*.java' -o -name pom.xml \) -print -quit)" ]; then
	start=$(mktemp)
	(cd "$here" && mvn -q -B test-compile) >&2
	touch -r "$start" "$built"
	rm -f "$start"
fi

java=${JAVA:-java}
modules=()
# as a worker is started, with a smaller young generation
[ "$1" = plain ] || modules=(--add-modules=jdk.incubator.vector -XX:+UseParallelGC -Xmn48m -XX:ObjectAlignmentInBytes=64
	-XX:+IgnoreUnrecognizedVMOptions -XX:+UseTransparentHugePages)
run=(-cp "$here/target/classes:$here/target/test-classes" sc.fiji.glia.benchmark.Benchmark)
heap=${HEAP:-$("$java" "${modules[@]}" "${run[@]}" --heap "$@" 2>/dev/null)}
# shellcheck disable=SC2086 -- JAVA_ARGS is a list
exec "$java" "${modules[@]}" "-Xmx${heap}m" ${JAVA_ARGS:-} "${run[@]}" "$@" 2> >(grep -v 'Using incubator modules' >&2)
