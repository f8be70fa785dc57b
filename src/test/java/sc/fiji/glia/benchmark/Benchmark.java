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

import java.util.ArrayList;
import java.util.List;

import sc.fiji.glia.engine.exec.Workers;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.Kernels;

/**
 * Times the engine and prints one line of JSON for each workload. Started by {@code benchmark.sh}, which see.
 * <p>
 * Arguments: {@code ENGINE THREADS [--warmup n] [--steps n] [--seconds s] WORKLOAD...}; or {@code --heap} and the same, which prints how
 * many MiB of Java's heap the workloads need.
 */
public final class Benchmark {

	/** What the heap needs beside the plan's own memory, and for each byte of it: copies, garbage until it is collected, rounding to regions. */
	private static final long BESIDE = 80 << 20;
	private static final double SHARE = 1.15;

	private Benchmark() {}

	public static void main(final String[] args) {
		if (args.length > 1 && args[0].equals("--heap")) {
			System.out.println(heap(KernelProvider.named(args[1]), Integer.parseInt(args[2]), List.of(args).subList(3, args.length)));
			return;
		}
		if (args.length < 3) throw new IllegalArgumentException("Benchmark: expected ENGINE THREADS [--warmup n] [--steps n] [--seconds s] WORKLOAD...");
		final int threads = Integer.parseInt(args[1]);
		int warmup = 3, steps = 7;
		double seconds = 5;
		final List<Workload> workloads = new ArrayList<>();
		for (int i = 2; i < args.length; i++) {
			switch (args[i]) {
				case "--warmup" -> warmup = Integer.parseInt(args[++i]);
				case "--steps" -> steps = Integer.parseInt(args[++i]);
				case "--seconds" -> seconds = Double.parseDouble(args[++i]);
				default -> workloads.add(Workload.of(args[i]));
			}
		}
		final Kernels kernels = KernelProvider.named(args[0]);
		try (Workers workers = new Workers(threads)) {
			for (final Workload w : workloads) System.out.println(line(w, args[0], kernels, workers, new Clock(warmup, steps, seconds)));
		}
	}

	/** The line for one workload; that it is skipped if the engine has not all its layers. */
	private static String line(final Workload w, final String engine, final Kernels kernels, final Workers workers, final Clock clock) {
		final Session session;
		try {
			session = Session.open(w, kernels, workers);
		}
		catch (final IllegalStateException e) {
			System.err.println("Benchmark: " + w.id() + " is skipped: " + e.getMessage());
			return "{\"workload\":\"" + w.id() + "\",\"engine\":\"glia-" + engine + "\",\"skipped\":true}";
		}
		return Measurement.of(session, w, engine, kernels.name(), workers.count(), clock).json();
	}

	/** MiB of the heap for the largest of the workloads among the arguments. */
	private static long heap(final Kernels kernels, final int threads, final List<String> args) {
		final double most = args.stream().flatMap(a -> Workload.all().stream().filter(w -> w.id().equals(a))).mapToLong(w -> Session.bytes(w,
			kernels, threads)).max().orElse(0);
		return (long) Math.ceil((BESIDE + SHARE * most) / (1 << 20));
	}
}
