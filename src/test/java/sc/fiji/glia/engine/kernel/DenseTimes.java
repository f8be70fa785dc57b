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
package sc.fiji.glia.engine.kernel;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

import sc.fiji.glia.engine.exec.DenseKernels;
import sc.fiji.glia.engine.kernel.dense.DenseKernel;
import sc.fiji.glia.engine.kernel.dense.DenseRows;
import sc.fiji.glia.engine.kernel.dense.ProbabilityKernels;
import sc.fiji.glia.engine.kernel.dense.UpdateKernels;

/**
 * Prints what dense layers take on one thread, in milliseconds of processor time, for the sizes that matter: {@code DenseTimes [kernel] [seconds] [small]}
 * with the kernel {@code vector} or {@code plain}; {@code small} leaves out the large layers. Least and median of the repetitions.
 */
final class DenseTimes {

	private DenseTimes() {}

	public static void main(final String[] args) {
		final boolean vector = args.length == 0 || args[0].equals("vector");
		final double seconds = args.length > 1 ? Double.parseDouble(args[1]) : 4;
		if (args.length < 3) large(vector, "90000-512, 32 rows", 90_000, 512, 32, seconds);
		if (args.length < 3) large(vector, "65536-128, 32 rows", 65_536, 128, 32, seconds);
		small(vector, "784-10, 41000 rows", 784, 10, 41_000, seconds);
	}

	private static void large(final boolean vector, final String name, final int inputs, final int units, final int rows, final double seconds) {
		final DenseKernel kernel = (vector ? DenseKernels.VECTOR : DenseKernels.PLAIN).dense(units, inputs, rows);
		final UpdateKernels updates = (vector ? DenseKernels.VECTOR : DenseKernels.PLAIN).updates();
		final float[] x = random(rows * inputs, 1), y = new float[rows * units], dy = random(rows * units, 2), dx = new float[rows * inputs];
		final float[] w = random(kernel.order().length(), 3), v = new float[w.length];
		final int tiles = kernel.order().tiles();
		final Runnable forward = () -> kernel.forward(DenseRows.of(x, 0, inputs), rows, w, new float[0], 0, tiles, y, 0, units);
		final Runnable update = () -> kernel.update(DenseRows.of(x, 0, inputs), dy, 0, units, rows, 0, inputs, (from, to, g, at) -> updates.momentum(w, v, from, to, g, at,
			1e-6f, 0, 0.9f, false));
		time(name + ": forward", seconds, forward);
		time(name + ": weight gradient with momentum", seconds, update);
		time(name + ": both", seconds, () -> {
			forward.run();
			update.run();
		});
		time(name + ": gradient of the input", seconds, () -> kernel.inputGradient(dy, 0, units, rows, w, 0, inputs, dx, 0, inputs));
		time(name + ": forward of one row", seconds, () -> kernel.forward(DenseRows.of(x, 0, inputs), 1, w, new float[0], 0, tiles, y, 0, units));
	}

	/** Forward and backward by blocks of rows, so that the input comes from memory once. */
	private static void small(final boolean vector, final String name, final int inputs, final int units, final int rows, final double seconds) {
		final int block = 64;
		final DenseKernel kernel = (vector ? DenseKernels.VECTOR : DenseKernels.PLAIN).dense(units, inputs, block);
		final float[] x = random(rows * inputs, 1), y = new float[block * units], w = random(kernel.order().length(), 3), g = new float[w.length];
		final float[] dy = random(block * units, 2);
		time(name + ": forward", seconds, () -> {
			for (int r = 0; r < rows; r += block) kernel.forward(DenseRows.of(x, r * inputs, inputs), Math.min(block, rows - r), w, new float[0], 0, kernel.order().tiles(), y, 0, units);
		});
		time(name + ": weight gradient", seconds, () -> {
			for (int r = 0; r < rows; r += block) kernel.weightGradient(DenseRows.of(x, r * inputs, inputs), dy, 0, units, Math.min(block, rows - r), 0, inputs, g);
		});
		for (final int n : new int[] { 64, 128, 256 }) iteration(vector, name + ": iteration of 784-10-10 by " + n, n, inputs, units, rows, x, seconds);
		time(name + ": both by blocks", seconds, () -> {
			for (int r = 0; r < rows; r += block) {
				final int n = Math.min(block, rows - r);
				kernel.forward(DenseRows.of(x, r * inputs, inputs), n, w, new float[0], 0, kernel.order().tiles(), y, 0, units);
				kernel.weightGradient(DenseRows.of(x, r * inputs, inputs), dy, 0, units, n, 0, inputs, g);
			}
		});
	}

	/** A whole step of a network with one hidden layer of ReLUs and a softmax. */
	private static void iteration(final boolean vector, final String name, final int block, final int inputs, final int units, final int rows,
		final float[] x, final double seconds)
	{
		final DenseKernels form = vector ? DenseKernels.VECTOR : DenseKernels.PLAIN;
		final DenseKernel one = form.dense(units, inputs, block), two = form.dense(units, units, block);
		final ProbabilityKernels probabilities = form.probabilities();
		final float[] w1 = random(one.order().length(), 3), w2 = random(two.order().length(), 4), g1 = new float[w1.length], g2 = new float[w2.length];
		final float[] b1 = random(units, 5), b2 = random(units, 6), h = new float[block * units], p = new float[block * units], dh = new float[block * units];
		final float[] logSum = new float[block], scratch = new float[ProbabilityKernels.ROWS * units];
		for (int i = 0; i < w1.length; i++) w1[i] *= 0.05f;
		final double[] loss = new double[1];
		time(name, seconds, () -> {
			double sum = 0;
			for (int r = 0; r < rows; r += block) {
				final int n = Math.min(block, rows - r);
				one.forward(DenseRows.of(x, r * inputs, inputs), n, w1, b1, 0, one.order().tiles(), h, 0, units);
				for (int i = 0; i < n * units; i++) h[i] = Math.max(h[i], 0);
				two.forward(DenseRows.of(h, 0, units), n, w2, b2, 0, two.order().tiles(), p, 0, units);
				for (int b = 0; b < n; b++) sum -= p[b * units + (r + b) % units];
				probabilities.softmaxRows(p, 0, units, units, p, 0, units, logSum, 0, n, scratch);
				for (int b = 0; b < n; b++) {
					sum += logSum[b];
					p[b * units + (r + b) % units] -= 1;
				}
				two.weightGradient(DenseRows.of(h, 0, units), p, 0, units, n, 0, units, g2);
				two.inputGradient(p, 0, units, n, w2, 0, units, dh, 0, units);
				for (int i = 0; i < n * units; i++) dh[i] = h[i] > 0 ? dh[i] : 0;
				one.weightGradient(DenseRows.of(x, r * inputs, inputs), dh, 0, units, n, 0, inputs, g1);
			}
			loss[0] = sum / rows;
		});
	}

	private static float[] random(final int length, final long seed) {
		final SplittableRandom random = new SplittableRandom(seed);
		final float[] a = new float[length];
		for (int i = 0; i < length; i++) a[i] = (float) random.nextDouble(-1, 1);
		return a;
	}

	private static void time(final String what, final double seconds, final Runnable work) {
		final long end = System.nanoTime() + (long) (seconds * 1e9);
		final double[] times = new double[100_000];
		int n = 0;
		while (System.nanoTime() < end) {
			final long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
			work.run();
			times[n++] = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) * 1e-6;
		}
		final double[] late = Arrays.copyOfRange(times, n / 3, n);
		Arrays.sort(late);
		System.out.printf(Locale.ROOT, "%-50s median %8.2f ms   least %8.2f ms%n", what, late[late.length / 2], late[0]);
	}
}
