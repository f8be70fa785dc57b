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
package sc.fiji.glia.worker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.compute.Explanation;
import sc.fiji.glia.compute.LocalInference;
import sc.fiji.glia.data.Sample;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Initialization;
import sc.fiji.glia.engine.graph.ResidualNetwork;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.Kernels;

class RemoteInferenceTest {

	private static final int THREADS = 2, IMAGES = 12;

	private static RemoteInference remote() {
		return new RemoteInference(Launch.standard(), Jobs.NEED, Jobs.GRAPH, Jobs.weights(), Jobs.NORMALIZATION, THREADS, IMAGES);
	}

	@Test
	void manyAtATimeEachGetTheirOwn() {
		final Kernels here = KernelProvider.best();
		try (RemoteInference remote = remote(); LocalInference local = new LocalInference(Jobs.GRAPH, Jobs.weights(), Jobs.NORMALIZATION, THREADS,
			IMAGES))
		{
			assumeTrue(here.name().equals(remote.kernels()), "the same kernels here and there");
			assertEquals(THREADS + 1, remote.lanes());
			final float[][][] results = IntStream.range(0, IMAGES).parallel().mapToObj(i -> remote.predict(Jobs.sample(i), () -> false)).toArray(float[][][]::new);
			for (int i = 0; i < IMAGES; i++) assertArrayEquals(local.predict(Jobs.sample(i), () -> false)[0], results[i][0], "image " + i);
		}
	}

	@Test
	void explanationsAreTheSameBits() {
		final Graph graph = new ResidualNetwork(2, 3, 4, 2, 1, 0.2f).graph();
		final Weights weights = Initialization.HE.weights(graph, 5);
		try (RemoteInference remote = new RemoteInference(Launch.standard(), Jobs.NEED, graph, weights, Jobs.NORMALIZATION, THREADS, IMAGES);
			LocalInference local = new LocalInference(graph, weights, Jobs.NORMALIZATION, 1, IMAGES))
		{
			assumeTrue(KernelProvider.best().name().equals(remote.kernels()), "the same kernels here and there");
			for (final Explanation.Method method : Explanation.Method.values()) for (int target = 0; target < 3; target++) {
				final Explanation there = remote.explain(method, Jobs.sample(0), target, () -> false), here = local.explain(method, Jobs.sample(0), target, () -> false);
				assertArrayEquals(here.values(), there.values(), method + " of " + target);
				assertEquals(Jobs.SIZE * Jobs.SIZE, there.values().length);
				assertEquals(here.sum(), there.sum());
				assertEquals(here.difference(), there.difference());
				assertEquals(method == Explanation.Method.GRAD_CAM, Double.isNaN(there.sum()));
			}
			assertEquals("target: expected a class from 0 to 2, got 3", assertThrows(IllegalArgumentException.class, () -> remote.explain(
				Explanation.Method.GRAD_CAM, Jobs.sample(0), 3, () -> false)).getMessage());
		}
	}

	@Test
	void explanationsAreCancelledOrFailAsHere() {
		final Graph graph = new ResidualNetwork(2, 3, 16, 2, 1, 0.2f).graph();
		final Sample large = new Sample("large", "", 512, 512, new float[2][512 * 512], new byte[0]);
		try (RemoteInference remote = new RemoteInference(Launch.standard(), Jobs.NEED, graph, Initialization.HE.weights(graph, 5), Jobs.NORMALIZATION, THREADS,
			IMAGES); RemoteInference segmenter = remote())
		{
			assertThrows(CancellationException.class, () -> remote.explain(Explanation.Method.INTEGRATED_GRADIENTS, large, 0, () -> true));
			assertTrue(assertThrows(IllegalArgumentException.class, () -> segmenter.explain(Explanation.Method.GRAD_CAM, Jobs.sample(0), 0, () -> false))
				.getMessage().startsWith("Explanation: expected a network that classifies whole images"));
		}
	}

	@Test
	void failuresAndCancellationsLeaveTheOthersAlone() {
		try (RemoteInference remote = remote()) {
			final Sample gray = new Sample("gray", "", 4, 3, new float[1][12], new byte[0]);
			final IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> remote.predict(gray, () -> false));
			assertEquals("Normalization: expected 2 channels, got 1", e.getMessage());
			final Sample large = new Sample("large", "", 1500, 1500, new float[2][1500 * 1500], new byte[0]);
			assertThrows(CancellationException.class, () -> remote.predict(large, () -> true));
			assertEquals(1, remote.predict(Jobs.sample(1), () -> false).length);
		}
	}

	@Test
	void aKilledWorkerIsAnErrorThatSaysSo() {
		try (RemoteInference remote = remote()) {
			remote.handle().destroyForcibly();
			final WorkerLostException e = assertThrows(WorkerLostException.class, () -> {
				for (int i = 0; i < 1000; i++) remote.predict(Jobs.sample(1), () -> false);
			});
			assertTrue(e.getMessage().startsWith("The worker process ended with exit code "), e.getMessage());
		}
	}
}
