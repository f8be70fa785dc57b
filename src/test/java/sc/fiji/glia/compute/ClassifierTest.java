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
package sc.fiji.glia.compute;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.data.score.ClassificationScores;
import sc.fiji.glia.engine.graph.DenseNetwork;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.ResidualNetwork;
import sc.fiji.glia.engine.kernel.Kernels;

/** What goes through a network together, and what is read from its output. */
class ClassifierTest {

	@Test
	void largeImagesGoInSmallerLots() {
		final Graph g = new ResidualNetwork(3, 2, 4, 1, 1, 0).graph();
		assertEquals(64, Classifier.together(g, 28, 28));
		assertEquals(5, Classifier.together(g, 1024, 1024)); // 64 MiB by 12 MiB each
		assertEquals(1, Classifier.together(g, 1 << 14, 1 << 14));
	}

	@Test
	void theFirstOfTheMostProbableClasses() {
		final float[][] planes = { { 0.2f }, { 0.4f }, { 0.4f } };
		assertArrayEquals(new float[] { 0.2f, 0.4f, 0.4f }, Classifier.vector(planes));
		assertEquals(1, ClassificationScores.best(Classifier.vector(planes)));
	}

	@Test
	void memoryOfDenseWeightsAndVectorsIsCounted() {
		final Graph graph = new DenseNetwork(1, 100, 100, 2, List.of(50), false, 0).graph();
		final long bytes = Classifier.bytes(graph, 100, 100, Kernels.PLAIN, 2);
		final long weights = 4L * (100 * 100 * 50 + 50 + 50 * 2 + 2), vectors = 4L * 64 * (100 * 100 + 50 + 50 + 2 + 2);
		assertTrue(bytes >= weights + 3 * vectors, bytes + " v " + (weights + 3 * vectors));
	}
}
