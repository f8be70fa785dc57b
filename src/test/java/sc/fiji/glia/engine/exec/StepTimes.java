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
package sc.fiji.glia.engine.exec;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;

import sc.fiji.glia.engine.graph.Conv2D;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Initialization;
import sc.fiji.glia.engine.graph.MaxPool2D;
import sc.fiji.glia.engine.graph.Padding;
import sc.fiji.glia.engine.graph.ReLU;
import sc.fiji.glia.engine.graph.UNet;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.train.Loss;
import sc.fiji.glia.engine.train.Optimizer;

/**
 * Times of training steps and of inference on one thread, with the kernels that the system property {@code kernels} names (plain), and which methods take them. Arguments: names of workloads
 * ({@code small}, {@code big}, {@code norm}, {@code cnn}), and {@code seconds=n} for each.
 */
public final class StepTimes {

	private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

	private StepTimes() {}

	/** What is timed: a network, its input and the images in a batch. */
	private record Workload(Graph graph, int size, int batch) {}

	private static Workload workload(final String name) {
		return switch (name) {
			case "small" -> new Workload(UNet.plain(1, 1).graph(), 256, 8);
			case "big" -> new Workload(new UNet(1, 1, 32, 4, 2, false, 0).graph(), 256, 8);
			case "norm" -> new Workload(new UNet(1, 2, 16, 3, 1, true, 0).graph(), 256, 8);
			case "cnn" -> new Workload(cnn(), 128, 32);
			default -> throw new IllegalArgumentException("expected small, big, norm or cnn, got " + name);
		};
	}

	/** Convolutions to 32 and 64 channels, each with ReLU and pooling. */
	private static Graph cnn() {
		final Graph.Builder b = Graph.of(1);
		int node = 0;
		for (int l = 1; l <= 2; l++) {
			node = b.add("conv" + l, new Conv2D(32 * l, 3, 1, Padding.SAME, true), node);
			node = b.add("relu" + l, new ReLU(), node);
			node = b.add("pool" + l, new MaxPool2D(2), node);
		}
		return b.build();
	}

	public static void main(final String[] args) {
		double seconds = 10;
		for (final String a : args) if (a.startsWith("seconds=")) seconds = Double.parseDouble(a.substring(8));
		for (final String a : args) if (!a.contains("=")) {
			train(a, seconds);
			infer(a, seconds / 2);
		}
	}

	private static void train(final String name, final double seconds) {
		final Workload w = workload(name);
		final SplittableRandom random = new SplittableRandom(1);
		final Weights weights = Initialization.HE.weights(w.graph, 1);
		try (Workers workers = new Workers(1)) {
			final TrainingPlan plan = new TrainingPlan(w.graph, weights, w.size, w.size, w.batch, KernelProvider.named(System.getProperty("kernels", "plain")), workers);
			final byte[][] labels = new byte[w.batch][plan.logits(0)[0].length];
			for (int i = 0; i < w.batch; i++) {
				for (final float[] c : plan.input(i)) for (int p = 0; p < c.length; p++) c[p] = (float) random.nextDouble(-1, 1);
				for (int p = 0; p < labels[i].length; p++) labels[i][p] = (byte) (plan.input(i)[0][p % plan.input(i)[0].length] > 0 ? 1 : 0);
			}
			final Map<String, Optimizer.Updater> updaters = new HashMap<>();
			plan.gradients().forEach((n, g) -> updaters.put(n, new Optimizer.Sgd(0.9f, false).updater(g.length)));
			final double[] loss = new double[1];
			time(name + " train", seconds, () -> {
				plan.forward(w.batch, 0);
				Loss.Statistics total = null;
				for (int i = 0; i < w.batch; i++) {
					final Loss.Statistics s = Loss.CROSS_ENTROPY.statistics(plan.logits(i), labels[i], plan.logitGradient(i));
					total = total == null ? s : total.plus(s);
				}
				loss[0] = Loss.CROSS_ENTROPY.value(total);
				for (int i = 0; i < w.batch; i++) Loss.CROSS_ENTROPY.gradient(total, labels[i], plan.logitGradient(i));
				plan.backward(w.batch);
				plan.gradients().forEach((n, g) -> updaters.get(n).step(weights.get(n), g, 0.01f, 0));
			});
			System.out.printf("   loss %.6f%n", loss[0]);
		}
	}

	private static void infer(final String name, final double seconds) {
		final Workload w = workload(name);
		final Predictor predictor = new Predictor(w.graph, Initialization.HE.weights(w.graph, 1), KernelProvider.named(System.getProperty("kernels", "plain")));
		final float[][] image = new float[1][w.size * w.size];
		final SplittableRandom random = new SplittableRandom(1);
		for (int p = 0; p < image[0].length; p++) image[0][p] = (float) random.nextDouble(-1, 1);
		time(name + " infer", seconds, () -> predictor.predict(image, w.size, w.size));
	}

	private static void time(final String what, final double seconds, final Runnable step) {
		final long end = System.nanoTime() + (long) (seconds * 1e9);
		final double[] wall = new double[100_000], cpu = new double[wall.length];
		int n = 0;
		for (int i = 0; i < 3 || System.nanoTime() - end < -seconds * 0.6e9; i++) step.run(); // until compiled
		final Map<String, Integer> samples = new HashMap<>();
		final AtomicBoolean done = new AtomicBoolean();
		final Thread main = Thread.currentThread();
		final Thread sampler = new Thread(() -> {
			while (!done.get()) {
				samples.merge(place(main.getStackTrace()), 1, Integer::sum);
				try {
					Thread.sleep(5);
				}
				catch (final InterruptedException e) {
					return;
				}
			}
		});
		sampler.setDaemon(true);
		sampler.start();
		while (n < 3 || n < wall.length && System.nanoTime() < end) {
			final long w = System.nanoTime(), c = THREADS.getCurrentThreadCpuTime();
			step.run();
			wall[n] = (System.nanoTime() - w) / 1e6;
			cpu[n++] = (THREADS.getCurrentThreadCpuTime() - c) / 1e6;
		}
		done.set(true);
		try {
			sampler.join();
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
		Arrays.sort(wall, 0, n);
		Arrays.sort(cpu, 0, n);
		System.out.printf("%-12s java %s: median %.1f ms, CPU %.1f ms, least %.1f ms of %d%n", what, Runtime.version().feature(), wall[n / 2], cpu[n / 2], cpu[0], n);
		final int total = samples.values().stream().mapToInt(Integer::intValue).sum();
		samples.entrySet().stream().sorted((a, b) -> b.getValue() - a.getValue()).limit(24).forEach(e -> System.out.printf("   %5.1f %% %s%n", 100.0 * e
			.getValue() / total, e.getKey()));
	}

	/** The step, and the method of the engine that is at work. */
	private static String place(final StackTraceElement[] stack) {
		String method = "?", step = "";
		for (int i = stack.length - 1; i >= 0; i--) {
			final String c = stack[i].getClassName();
			if (!c.startsWith("sc.fiji.glia.engine") || c.contains("StepTimes")) continue;
			final String simple = c.substring(c.lastIndexOf('.') + 1);
			if (simple.endsWith("Step")) step = simple;
			method = simple + "." + stack[i].getMethodName();
			if (simple.equals("Convolution")) step = step.contains("Convolution.") ? step : step + " > " + method;
		}
		return step + " > " + method;
	}
}
