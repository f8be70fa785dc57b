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
package sc.fiji.glia.engine.parity;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.Kernels;
import sc.fiji.glia.engine.parity.GoldenNumbers.Array;

/**
 * Outputs, loss, gradients and ten steps of training are those of libtorch 2.10 in double precision, as WriteGoldenNumbers (profile
 * {@code parity}) wrote them. libtorch in single precision is 2e-6 away from these numbers at the most.
 */
class ParityTest {

	/** Relative error of kernels that add the products of the plain algorithm. */
	private static final double EXACT = 1e-5;
	/** Relative error with Winograd's algorithm. */
	private static final double WINOGRAD = 1e-4;
	/**
	 * Likewise of the weights of convolutions after ten steps of Adam, which divides each gradient by its own size: where it is nearly 0, the whole step goes where
	 * rounding says. One step of one sample in a thousand the other way is 2 * rate * sqrt(1 / 1000) of weights of about 0.1 at these rates: 1e-4.
	 */
	private static final double WINOGRAD_ADAM = 5e-4;

	private static double winograd(final String name) {
		return name.startsWith("adam.") && name.contains("conv") ? WINOGRAD_ADAM : WINOGRAD;
	}

	static Stream<Arguments> kernelsAndCases() {
		return KernelProvider.available().stream().flatMap(k -> ParityCase.all().stream().map(c -> Arguments.of(k.name(), c.id(), k, c)));
	}

	static Stream<Arguments> cases() {
		return ParityCase.all().stream().map(c -> Arguments.of(c.id(), c));
	}

	private static GoldenNumbers golden(final ParityCase c) throws IOException {
		try (InputStream in = ParityTest.class.getResourceAsStream(c.id() + ".bin")) {
			return GoldenNumbers.read(in);
		}
	}

	@ParameterizedTest(name = "{0}, {1}")
	@MethodSource("kernelsAndCases")
	void agreesWithLibtorch(final String kernelsName, final String id, final Kernels kernels, final ParityCase c) throws IOException {
		final GoldenNumbers golden = golden(c);
		final Map<String, double[]> ours = OurNumbers.of(c, kernels);
		assertEquals(golden.arrays().keySet(), ours.keySet());
		assertAll(golden.arrays().entrySet().stream().map(e -> () -> {
			final double error = e.getValue().error(ours.get(e.getKey()));
			assertTrue(error <= (kernels.isExact() ? EXACT : winograd(e.getKey())), () -> String.format(Locale.ROOT, "%s: relative error %.1e of %s", id, error, e.getKey()));
		}));
	}

	/** The golden numbers belong to the weights and images that the seeds give. */
	@ParameterizedTest(name = "{0}")
	@MethodSource("cases")
	void seedsGiveTheSameData(final String id, final ParityCase c) throws IOException {
		assertEquals(golden(c).checksum(), c.checksum(), "weights, images or labels of " + id + " have changed: write the golden numbers anew");
	}

	/** Weights that were not trained, or one step less, would be noticed. */
	@ParameterizedTest(name = "{0}")
	@MethodSource("cases")
	void tenStepsChangeTheWeightsMoreThanTheTolerance(final String id, final ParityCase c) throws IOException {
		final Weights first = c.weights();
		golden(c).arrays().forEach((name, array) -> {
			final int dot = name.indexOf('.');
			if (dot < 0 || name.startsWith("gradient") || name.endsWith("losses")) return;
			final float[] w = first.get(name.substring(dot + 1));
			final double[] d = new double[w.length];
			for (int i = 0; i < d.length; i++) d[i] = w[i];
			assertTrue(array.error(d) > winograd(name), () -> id + ": " + name + " changed by " + array.error(d) + " only");
		});
	}

	@Test
	void noticesOneWrongSample() {
		final double[] values = new double[1000];
		Arrays.setAll(values, i -> Math.sin(i));
		final Array a = Array.of(values);
		assertTrue(a.error(values) < 1e-7, "rounding of the samples only");
		values[999] += 1e-3;
		assertTrue(a.error(values) > EXACT);
		values[999] -= 1e-3;
		values[1] += 1; // no sample: the norm tells
		assertTrue(a.error(values) > EXACT);
	}
}
