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

import java.util.List;
import java.util.stream.Stream;

import sc.fiji.glia.engine.graph.Cnn;
import sc.fiji.glia.engine.graph.DenseNetwork;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Shape;
import sc.fiji.glia.engine.graph.UNet;
import sc.fiji.glia.engine.graph.WeightSpec;

/**
 * What is timed: a network, a size of input, a batch, and whether it is trained (one step of the optimizer) or predicts.
 *
 * @param id name on the command line and in reports
 * @param graph the network
 * @param height rows of an image
 * @param width columns of an image
 * @param batch images of a step
 * @param training whether a step trains
 * @param momentum of the gradient descent
 * @param rate learning rate
 */
public record Workload(String id, Graph graph, int height, int width, int batch, boolean training, float momentum, float rate) {

	/** All workloads. */
	public static List<Workload> all() {
		final Graph small = UNet.plain(1, 1).graph(), big = new UNet(1, 1, 32, 4, 2, false, 0).graph();
		final Graph cnn = Cnn.cnn32x64(1, 128, 128, 2).graph(), dense = new DenseNetwork(1, 300, 300, 2, List.of(512), true, 0.5f).graph();
		return List.of( //
			new Workload("w1-small-train", small, 256, 256, 8, true, 0.9f, 0.01f), //
			new Workload("w1-small-infer", small, 256, 256, 1, false, 0, 0), //
			new Workload("w1-big-train", big, 256, 256, 8, true, 0.9f, 0.01f), //
			new Workload("w1-big-infer", big, 256, 256, 1, false, 0, 0), //
			new Workload("w2-train", cnn, 128, 128, 32, true, 0.9f, 0.01f), //
			new Workload("w2-infer", cnn, 128, 128, 32, false, 0, 0), //
			new Workload("w3-train", dense, 300, 300, 32, true, 0.9f, 0.01f), //
			new Workload("w3-infer", dense, 300, 300, 32, false, 0, 0), //
			new Workload("w4-train", DenseNetwork.dense10(10).graph(), 28, 28, 41000, true, 0, 0.1f));
	}

	/** @throws IllegalArgumentException if there is no workload of that name */
	public static Workload of(final String id) {
		return all().stream().filter(w -> w.id.equals(id)).findFirst().orElseThrow(() -> new IllegalArgumentException("Benchmark: expected a workload (" +
			String.join(", ", all().stream().map(Workload::id).toList()) + "), got '" + id + "'"));
	}

	/**
	 * Arithmetic of a step in 10^9 operations, two for each multiplication and addition of the plain algorithm of the layers with a matrix
	 * of weights (convolution, dense), whatever algorithm really runs. A training step counts forward, the gradient of the weights and, but
	 * for the first such layer, the gradient of the input.
	 */
	public double gflop() {
		final List<Shape> shapes = graph.shapes(height, width);
		double sum = 0;
		boolean first = true;
		for (int i = 1; i < shapes.size(); i++) {
			final double forward = 2.0 * matrix(i).mapToInt(WeightSpec::length).sum() * shapes.get(i).height() * shapes.get(i).width() * batch;
			if (forward == 0) continue;
			sum += !training ? forward : first ? 2 * forward : 3 * forward;
			first = false;
		}
		return sum * 1e-9;
	}

	/** The matrix of weights of node {@code i}, if it has one. */
	private Stream<WeightSpec> matrix(final int i) {
		final int channels = graph.channels()[graph.nodes().get(i).inputs().get(0)];
		return graph.nodes().get(i).layer().weights(channels).stream().filter(w -> w.shape().size() > 1);
	}
}
