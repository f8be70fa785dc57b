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

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import sc.fiji.glia.engine.exec.TrainingPlan;
import sc.fiji.glia.engine.exec.Workers;
import sc.fiji.glia.engine.graph.Conv2D;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Initialization;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.Kernels;

/**
 * Single 3x3 convolutions in one thread, run as plans of one layer, so with whatever a plan does before and after its kernels. The counter
 * {@code gflops} is the plain algorithm's 10^9 operations in a second. Sizes are those of U-Nets and of a small classifier.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = { "--add-modules=jdk.incubator.vector", "-Xmx1g" })
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Layers {

	/** Side of the image, channels in, channels out. */
	@Param({ "256-48-16", "256-32-32", "128-96-32", "128-64-64", "64-32-64", "64-128-128", "64-384-128", "32-256-256" })
	public String layer;

	/** Whose kernels. */
	@Param({ "plain", "vector", "exact" })
	public String engine;

	private final Workers workers = new Workers(1);
	private TrainingPlan alone, second;
	private long forward;
	private long steps;

	/** Operations; in a nanosecond, 10^9 in a second. */
	@State(Scope.Thread)
	@AuxCounters(AuxCounters.Type.OPERATIONS)
	public static class Operations {

		public long gflops;
	}

	@Setup
	public void prepare() {
		final String[] sizes = layer.split("-");
		final int side = Integer.parseInt(sizes[0]), in = Integer.parseInt(sizes[1]), out = Integer.parseInt(sizes[2]);
		forward = 2L * 9 * in * out * side * side;
		final Graph.Builder one = Graph.of(in), two = Graph.of(1);
		one.add("layer", new Conv2D(out, 3));
		two.add("before", new Conv2D(in, 1));
		two.add("layer", new Conv2D(out, 3));
		alone = plan(one.build(), side);
		second = plan(two.build(), side);
	}

	private TrainingPlan plan(final Graph graph, final int side) {
		final Kernels kernels = KernelProvider.named(engine);
		final TrainingPlan plan = new TrainingPlan(graph, Initialization.HE.weights(graph, 1), side, side, 1, kernels, workers);
		final SplittableRandom random = new SplittableRandom(1);
		for (final float[] p : plan.input(0)) for (int i = 0; i < p.length; i++) p[i] = (float) random.nextDouble();
		plan.forward(1, 0);
		for (final float[] p : plan.logitGradient(0)) for (int i = 0; i < p.length; i++) p[i] = (float) (random.nextDouble() - 0.5);
		return plan;
	}

	@TearDown
	public void close() {
		workers.close();
	}

	/** The output. */
	@Benchmark
	public void forward(final Operations o) {
		alone.forward(1, steps++);
		o.gflops += forward;
	}

	/** The gradient of the weights; of a first layer, nothing else is needed. */
	@Benchmark
	public void weightGradient(final Operations o) {
		alone.backward(1);
		o.gflops += forward;
	}

	/** The gradients of weights and of input; the 1x1 convolution from one channel before this layer takes about a hundredth of the time. */
	@Benchmark
	public void backward(final Operations o) {
		second.backward(1);
		o.gflops += 2 * forward;
	}
}
