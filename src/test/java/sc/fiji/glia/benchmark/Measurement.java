/*-
 * #%L
 * Glia: train neural networks on the images open in Fiji.
 * %%
 * Copyright (C) 2026 Glia developers.
 * %%
 * Redistribution and use in source and binary forms, with or without
 * modification, are permitted provided that the following conditions are met:
 * 
 * 1. Redistributions of source code must retain the above copyright notice,
 *    this list of conditions and the following disclaimer.
 * 2. Redistributions in binary form must reproduce the above copyright notice,
 *    this list of conditions and the following disclaimer in the documentation
 *    and/or other materials provided with the distribution.
 * 
 * THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS"
 * AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE
 * IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE
 * ARE DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDERS OR CONTRIBUTORS BE
 * LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR
 * CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF
 * SUBSTITUTE GOODS OR SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS
 * INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN
 * CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE)
 * ARISING IN ANY WAY OUT OF THE USE OF THIS SOFTWARE, EVEN IF ADVISED OF THE
 * POSSIBILITY OF SUCH DAMAGE.
 * #L%
 */
package sc.fiji.glia.benchmark;

import java.util.Arrays;
import java.util.Locale;

/**
 * What timing a workload came to.
 *
 * @param workload what was timed
 * @param engine engine as asked for
 * @param kernels the engine's own name
 * @param threads number of threads
 * @param millis wall time of each step, ascending
 * @param cpu processor time of the whole process for one step, in milliseconds
 * @param peakMemory largest resident memory of the process so far, in MiB
 * @param first loss after warming up
 * @param last loss at the end
 */
record Measurement(Workload workload, String engine, String kernels, int threads, double[] millis, double cpu, long peakMemory, double first,
	double last)
{

	/** Runs a session until the clock is over. */
	static Measurement of(final Session session, final Workload w, final String engine, final String kernels, final int threads, final Clock clock) {
		session.run(clock);
		final double cpu = clock.cpuPerStep();
		final long memory = ProcessUse.peakMemory();
		final double[] results = session.results();
		return new Measurement(w, engine, kernels, threads, clock.millis(), cpu, memory, results[0], results[1]);
	}

	/** Median wall time of a step, in milliseconds. */
	double median() {
		return median(millis);
	}

	/** The middle of the values, or the mean of the two in the middle. */
	static double median(final double[] values) {
		final double[] v = values.clone();
		Arrays.sort(v);
		return (v[(v.length - 1) / 2] + v[v.length / 2]) / 2;
	}

	/** One line of JSON. */
	String json() {
		final double gflop = workload.gflop(), median = median();
		return String.format(Locale.ROOT, "{\"workload\":\"%s\",\"engine\":\"glia-%s\",\"threads\":%d,\"steps\":%d,\"median_ms\":%.3f,\"min_ms\":%.3f," +
			"\"max_ms\":%.3f,\"cpu_ms\":%s,\"gflop\":%.3f,\"gflops\":%.1f,\"gflops_cpu\":%s,\"peak_rss_mb\":%d,\"loss\":[%s,%s]," +
			"\"kernels\":\"%s\",\"java\":\"%s\"}", workload.id(), engine, threads, millis.length, median, millis[0], millis[millis.length - 1], number(
				cpu, 3), gflop, gflop / median * 1e3, number(gflop / cpu * 1e3, 1), peakMemory, number(first, 5), number(last, 5), kernels, System
					.getProperty("java.version"));
	}

	private static String number(final double value, final int digits) {
		return Double.isFinite(value) ? String.format(Locale.ROOT, "%." + digits + "f", value) : "null";
	}
}
