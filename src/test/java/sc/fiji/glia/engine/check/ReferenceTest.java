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
package sc.fiji.glia.engine.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.engine.graph.Add;
import sc.fiji.glia.engine.graph.BatchNorm;
import sc.fiji.glia.engine.graph.Concat;
import sc.fiji.glia.engine.graph.Conv2D;
import sc.fiji.glia.engine.graph.Dense;
import sc.fiji.glia.engine.graph.Dropout;
import sc.fiji.glia.engine.graph.Flatten;
import sc.fiji.glia.engine.graph.GlobalAveragePool2D;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Layer;
import sc.fiji.glia.engine.graph.LeakyReLU;
import sc.fiji.glia.engine.graph.MaxPool2D;
import sc.fiji.glia.engine.graph.Padding;
import sc.fiji.glia.engine.graph.ReLU;
import sc.fiji.glia.engine.graph.Sigmoid;
import sc.fiji.glia.engine.graph.Softmax;
import sc.fiji.glia.engine.graph.UNet;
import sc.fiji.glia.engine.graph.Upsample2D;

/** Holds every layer's formula against values worked out by hand. */
class ReferenceTest {

	/** A few roundings of numbers of about 1. */
	private static final double EXACT = 1e-14;

	private static double[][] one(final Layer layer, final Map<String, double[]> weights, final int height, final int width, final double[]... image) {
		return Reference.forward(graph(image.length, layer), weights, new double[][][] { image }, height, width, false)[0];
	}

	private static Graph graph(final int channels, final Layer layer) {
		final Graph.Builder b = Graph.of(channels);
		b.add("a", layer);
		return b.build();
	}

	@Test
	void convolutionOfAnImpulseIsTheFlippedKernel() {
		final double[] kernel = { 1, 2, 3, 4, 5, 6, 7, 8, 9 };
		final double[] x = new double[25];
		x[2 * 5 + 2] = 1;
		final double[] y = one(new Conv2D(1, 3), Map.of("a.weight", kernel, "a.bias", new double[] { 0.5 }), 5, 5, x)[0];
		// y[i][j] = w[u][v] where i + u - 1 = 2: the kernel turned by half a turn around the impulse, as of a cross-correlation
		assertArrayEquals(new double[] { 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 9.5, 8.5, 7.5, 0.5, 0.5, 6.5, 5.5, 4.5, 0.5, 0.5, 3.5, 2.5, 1.5, 0.5, //
			0.5, 0.5, 0.5, 0.5, 0.5 }, y, EXACT);
	}

	@Test
	void convolutionPadsWithZeros() {
		final double[] ones = { 1, 1, 1, 1, 1, 1, 1, 1, 1 };
		final double[] y = one(new Conv2D(1, 3), Map.of("a.weight", ones, "a.bias", new double[1]), 2, 3, new double[] { 1, 2, 3, 4, 5, 6 })[0];
		assertArrayEquals(new double[] { 12, 21, 16, 12, 21, 16 }, y, EXACT);
	}

	@Test
	void convolutionTakesOnlyFullWindowsWhenValid() {
		final Conv2D conv = new Conv2D(1, 2, 1, Padding.VALID, false);
		final double[] y = one(conv, Map.of("a.weight", new double[] { 1, 10, 100, 1000 }), 2, 3, new double[] { 1, 2, 3, 4, 5, 6 })[0];
		assertArrayEquals(new double[] { 5421, 6532 }, y, EXACT);
	}

	@Test
	void convolutionWithAnEvenKernelPadsAfter() {
		final Conv2D conv = new Conv2D(1, 2, 1, Padding.SAME, false);
		final double[] y = one(conv, Map.of("a.weight", new double[] { 1, 10, 100, 1000 }), 2, 3, new double[] { 1, 2, 3, 4, 5, 6 })[0];
		assertArrayEquals(new double[] { 5421, 6532, 603, 54, 65, 6 }, y, EXACT);
	}

	@Test
	void convolutionSteps() {
		final double[] x = new double[25];
		for (int i = 0; i < 25; i++) x[i] = i;
		final double[] centre = { 0, 0, 0, 0, 1, 0, 0, 0, 0 };
		assertArrayEquals(new double[] { 0, 2, 4, 10, 12, 14, 20, 22, 24 }, //
			one(new Conv2D(1, 3, 2, Padding.SAME, false), Map.of("a.weight", centre), 5, 5, x)[0], EXACT);
		assertArrayEquals(new double[] { 6, 8, 16, 18 }, //
			one(new Conv2D(1, 3, 2, Padding.VALID, false), Map.of("a.weight", centre), 5, 5, x)[0], EXACT);
		assertArrayEquals(new double[] { 0, 3, 15, 18 }, //
			one(new Conv2D(1, 3, 3, Padding.SAME, false), Map.of("a.weight", centre), 5, 5, x)[0], EXACT);
	}

	@Test
	void convolutionSumsChannelsByFilter() {
		// weight[o][c]: two filters of three channels
		final double[][] y = one(new Conv2D(2, 1), Map.of("a.weight", new double[] { 1, 10, 100, 2, 20, 200 }, "a.bias", new double[] { 0.1, 0.2 }), 1, 2,
			new double[] { 1, 2 }, new double[] { 3, 4 }, new double[] { 5, 6 });
		assertArrayEquals(new double[] { 531.1, 642.1 }, y[0], 1e-12);
		assertArrayEquals(new double[] { 1062.2, 1284.2 }, y[1], 1e-12);
	}

	@Test
	void pointwiseLayers() {
		final double[] x = { -2, 0, 3 };
		assertArrayEquals(new double[] { 0, 0, 3 }, one(new ReLU(), Map.of(), 1, 3, x)[0]);
		assertArrayEquals(new double[] { -0.5, 0, 3 }, one(new LeakyReLU(0.25f), Map.of(), 1, 3, x)[0]);
		assertArrayEquals(new double[] { 1 / (1 + Math.E * Math.E), 0.5, 1 / (1 + Math.pow(Math.E, -3)) }, one(new Sigmoid(), Map.of(), 1, 3, x)[0], EXACT);
	}

	@Test
	void softmaxIsOverTheChannels() {
		final double[][] y = one(new Softmax(), Map.of(), 1, 2, new double[] { 0, 1000 }, new double[] { Math.log(3), 1000 });
		assertArrayEquals(new double[] { 0.25, 0.5 }, y[0], EXACT);
		assertArrayEquals(new double[] { 0.75, 0.5 }, y[1], EXACT);
	}

	@Test
	void poolingTakesTheMaximumOfEachSquare() {
		final double[] x = { -1, -2, 5, 0, -3, -4, 1, 9 };
		assertArrayEquals(new double[] { -1, 9 }, one(new MaxPool2D(2), Map.of(), 2, 4, x)[0]);
	}

	@Test
	void upSamplingRepeatsPixels() {
		assertArrayEquals(new double[] { 1, 1, 2, 2, 1, 1, 2, 2 }, one(new Upsample2D(2), Map.of(), 1, 2, new double[] { 1, 2 })[0]);
		assertArrayEquals(new double[] { 1, 1, 1, 1, 1, 1, 1, 1, 1 }, one(new Upsample2D(3), Map.of(), 1, 1, new double[] { 1 })[0]);
	}

	@Test
	void concatenationKeepsTheOrderOfItsInputs() {
		final Graph.Builder b = Graph.of(2);
		final int relu = b.add("a", new ReLU());
		b.add("c", new Concat(), relu, 0);
		final double[][] y = Reference.forward(b.build(), Map.of(), new double[][][] { { { -1 }, { 2 } } }, 1, 1, false)[0];
		assertArrayEquals(new double[][] { { 0 }, { 2 }, { -1 }, { 2 } }, y);
	}

	@Test
	void batchNormUsesTheBatchInTrainingAndTheRunningStatisticsOtherwise() {
		final BatchNorm norm = new BatchNorm(0.25f, 0.1f);
		final Map<String, double[]> w = Map.of("a.weight", new double[] { 3 }, "a.bias", new double[] { 1 }, "a.running_mean", new double[] { 4 },
			"a.running_var", new double[] { 2 });
		final double[][][] x = { { { 1, 3 } }, { { 5, 7 } } };
		// Running: (x - 4) / sqrt(2.25) * 3 + 1 = 2 x - 7
		final double[][][] inference = Reference.forward(graph(1, norm), w, x, 1, 2, false);
		assertArrayEquals(new double[] { -5, -1 }, inference[0][0], EXACT);
		assertArrayEquals(new double[] { 3, 7 }, inference[1][0], EXACT);
		// Batch: mean 4, biased variance (9 + 1 + 1 + 9) / 4 = 5
		final double s = 3 / Math.sqrt(5.25);
		final double[][][] training = Reference.forward(graph(1, norm), w, x, 1, 2, true);
		assertArrayEquals(new double[] { 1 - 3 * s, 1 - s }, training[0][0], EXACT);
		assertArrayEquals(new double[] { 1 + s, 1 + 3 * s }, training[1][0], EXACT);
	}

	@Test
	void denseSumsItsInputsByUnit() {
		final Map<String, double[]> w = Map.of("a.weight", new double[] { 1, 10, 100, 2, 20, 200 }, "a.bias", new double[] { 0.5, -0.5 });
		final double[][] y = one(new Dense(2), w, 1, 1, new double[] { 1 }, new double[] { 2 }, new double[] { 3 });
		assertArrayEquals(new double[][] { { 321.5 }, { 641.5 } }, y);
		assertArrayEquals(new double[][] { { 321 }, { 642 } }, one(new Dense(2, false), Map.of("a.weight", w.get("a.weight")), 1, 1, new double[] { 1 },
			new double[] { 2 }, new double[] { 3 }));
	}

	@Test
	void flatteningGoesByChannelThenRowThenColumn() {
		final double[][] y = one(new Flatten(2, 3), Map.of(), 2, 3, new double[] { 1, 2, 3, 4, 5, 6 }, new double[] { 7, 8, 9, 10, 11, 12 });
		assertEquals(12, y.length);
		for (int i = 0; i < 12; i++) assertArrayEquals(new double[] { i + 1 }, y[i]);
	}

	@Test
	void globalPoolingTakesTheMeanOfEachChannel() {
		assertArrayEquals(new double[][] { { 2.5 }, { -1 } }, one(new GlobalAveragePool2D(), Map.of(), 2, 2, new double[] { 1, 2, 3, 4 }, //
			new double[] { -1, -1, -4, 2 }));
	}

	@Test
	void additionTakesAllItsInputs() {
		final Graph.Builder b = Graph.of(1);
		final int relu = b.add("a", new ReLU());
		b.add("s", new Add(), 0, relu, relu);
		assertArrayEquals(new double[] { -1, 6 }, Reference.forward(b.build(), Map.of(), new double[][][] { { { -1, 2 } } }, 1, 2, false)[0][0]);
	}

	@Test
	void dropoutMultipliesWithItsFactorsInTrainingOnly() {
		final Graph g = graph(1, new Dropout(0.5f));
		final double[][][] x = { { { 1, 2, 3 } } };
		final Map<String, double[][][]> factors = Map.of("a", new double[][][] { { { 0, 2, 2 } } });
		assertArrayEquals(new double[] { 0, 4, 6 }, Reference.nodes(g, Map.of(), x, 1, 3, true, factors).get(1)[0][0]);
		assertArrayEquals(x[0][0], Reference.nodes(g, Map.of(), x, 1, 3, false, factors).get(1)[0][0]);
		assertArrayEquals(x[0][0], Reference.nodes(g, Map.of(), x, 1, 3, true, Map.of()).get(1)[0][0]);
	}

	@Test
	void imagesAreIndependentAtInference() {
		final Graph g = new UNet(1, 3, 2, 3, 2, true, 0.2f).graph();
		final Map<String, double[]> w = Reference.weights(TestBatch.weights(g, 5));
		final TestBatch t = TestBatch.textured(3, 1, 8, 12, 3, 1);
		final double[][][] all = Reference.forward(g, w, t.images(), 8, 12, false);
		for (int b = 0; b < 3; b++) assertArrayEquals(all[b], Reference.forward(g, w, new double[][][] { t.images()[b] }, 8, 12, false)[0]);
		for (int i = 0; i < 96; i++) assertEquals(1, all[0][0][i] + all[0][1][i] + all[0][2][i], EXACT);
	}

	@Test
	void errorsNameWhatIsWrong() {
		final Graph g = graph(2, new Conv2D(1, 3));
		final Map<String, double[]> w = Map.of("a.weight", new double[18]);
		assertEquals("Reference: expected 1 weights 'a.bias', got none", assertThrows(IllegalArgumentException.class, //
			() -> Reference.forward(g, w, new double[1][2][6], 2, 3, false)).getMessage());
		assertEquals("Reference: expected 6 values for 3x2 pixels, got 5", assertThrows(IllegalArgumentException.class, //
			() -> Reference.forward(g, w, new double[1][2][5], 2, 3, false)).getMessage());
		assertEquals("Reference: expected at least 1 image, got none", assertThrows(IllegalArgumentException.class, //
			() -> Reference.forward(g, w, new double[0][2][6], 2, 3, false)).getMessage());
	}
}
