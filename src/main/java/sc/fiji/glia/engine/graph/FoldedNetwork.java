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
package sc.fiji.glia.engine.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A network without {@link BatchNorm} and {@link Dropout} that computes what another one computes at inference: what a plan for training, which
 * knows no running statistics, can then differentiate.
 * <p>
 * With its running statistics, batch norm is {@code y = f * x + g} in each channel. It becomes part of the {@link Conv2D} or {@link Dense} before
 * it, which gets a bias, if nobody else reads that layer; otherwise a 1x1 convolution, or for vectors a dense layer, with a diagonal matrix takes
 * its place and name. Nodes that the output does not depend on are left out; all others keep their names.
 *
 * @param graph the network
 * @param weights its weights; the arrays of layers that stay as they are are those of the other network, not copies
 */
public record FoldedNetwork(Graph graph, Weights weights) {

	/**
	 * Folds a network.
	 *
	 * @param weights read once; changes of batch norm and of the layers before it are not followed
	 * @throws IllegalArgumentException if nothing but {@link Dropout} is left, or if a batch norm that has to become a dense layer has too many values
	 */
	public static FoldedNetwork of(final Graph graph, final Weights weights) {
		return new Folding(graph, weights).result();
	}

	/** Goes from node to node; {@code place} says which new node computes a node's output, {@code vector} whether that is a vector. */
	private static final class Folding {

		/** The most values of a vector; its matrix takes 1 GB then. */
		private static final int WIDEST = 1 << 14;

		private final Graph graph;
		private final Weights from;
		private final int[] channels, readers, place;
		private final boolean[] needed, vector;
		private final List<Node> nodes = new ArrayList<>();
		private final Map<String, float[]> arrays = new HashMap<>();

		Folding(final Graph graph, final Weights weights) {
			this.graph = graph;
			from = weights;
			channels = graph.channels();
			vector = graph.whole();
			final int n = graph.nodes().size();
			needed = new boolean[n];
			readers = new int[n];
			place = new int[n];
			needed[n - 1] = true;
			for (int i = n - 1; i >= 0; i--) if (needed[i]) for (final int in : graph.nodes().get(i).inputs()) {
				needed[in] = true;
				readers[in]++;
			}
		}

		FoldedNetwork result() {
			for (int i = 0; i < place.length; i++) if (needed[i]) place[i] = place(i);
			final Graph folded = new Graph(nodes);
			return new FoldedNetwork(folded, new Weights(folded, arrays));
		}

		private int place(final int i) {
			final Node node = graph.nodes().get(i);
			if (node.layer() instanceof Dropout) return place[node.inputs().get(0)];
			if (node.layer() instanceof final BatchNorm norm) {
				final int in = node.inputs().get(0);
				final Affine affine = Affine.of(norm, node.name(), from);
				if (isReadHereOnly(in) && fold(place[in], affine)) return place[in];
				return diagonal(node, in, affine);
			}
			final List<Integer> inputs = node.inputs().stream().map(in -> place[in]).toList();
			if (!inputs.isEmpty()) for (final WeightSpec w : node.layer().weights(channels[node.inputs().get(0)])) {
				final String name = node.name() + "." + w.name();
				arrays.put(name, from.get(name));
			}
			return add(new Node(node.name(), node.layer(), inputs));
		}

		private int add(final Node node) {
			nodes.add(node);
			return nodes.size() - 1;
		}

		/** Whether a node has one reader, and so have those whose new node is its own. */
		private boolean isReadHereOnly(final int i) {
			if (readers[i] != 1) return false;
			final boolean shares = i > 0 && place[graph.nodes().get(i).inputs().get(0)] == place[i];
			return !shares || isReadHereOnly(graph.nodes().get(i).inputs().get(0));
		}

		/** Makes the scaling part of a new node, if that is a convolution or dense layer. */
		private boolean fold(final int at, final Affine affine) {
			final Node n = nodes.get(at);
			final Layer layer;
			if (n.layer() instanceof final Conv2D c) layer = new Conv2D(c.filters(), c.kernel(), c.stride(), c.padding(), true);
			else if (n.layer() instanceof final Dense d) layer = new Dense(d.units(), true);
			else return false;
			final String weight = n.name() + ".weight", bias = n.name() + ".bias";
			arrays.put(weight, affine.ofRows(arrays.get(weight)));
			arrays.put(bias, affine.of(arrays.getOrDefault(bias, new float[affine.factor.length])));
			nodes.set(at, new Node(n.name(), layer, n.inputs()));
			return true;
		}

		private int diagonal(final Node node, final int in, final Affine affine) {
			final int n = channels[in];
			if (vector[in] && n > WIDEST) throw new IllegalArgumentException("BatchNorm '" + node.name() + "': expected at most " + WIDEST +
				" values where it does not follow a convolution or dense layer, got " + n + "; put it before the Flatten");
			final float[] matrix = new float[Math.multiplyExact(n, n)], bias = new float[n];
			for (int c = 0; c < n; c++) {
				matrix[c * n + c] = (float) affine.factor[c];
				bias[c] = (float) affine.shift[c];
			}
			arrays.put(node.name() + ".weight", matrix);
			arrays.put(node.name() + ".bias", bias);
			return add(new Node(node.name(), vector[in] ? new Dense(n) : new Conv2D(n, 1), List.of(place[in])));
		}
	}

	/** {@code factor * x + shift} in each channel. */
	private record Affine(double[] factor, double[] shift) {

		/** What batch norm does with its running statistics. */
		static Affine of(final BatchNorm norm, final String name, final Weights weights) {
			final float[] scale = weights.get(name + ".weight"), bias = weights.get(name + ".bias");
			final float[] mean = weights.get(name + ".running_mean"), variance = weights.get(name + ".running_var");
			final double[] factor = new double[scale.length], shift = new double[scale.length];
			for (int c = 0; c < factor.length; c++) {
				factor[c] = scale[c] / Math.sqrt((double) variance[c] + norm.epsilon());
				shift[c] = bias[c] - factor[c] * mean[c];
			}
			return new Affine(factor, shift);
		}

		/** Of one value for each channel. */
		float[] of(final float[] x) {
			final float[] y = new float[x.length];
			for (int c = 0; c < y.length; c++) y[c] = (float) (factor[c] * x[c] + shift[c]);
			return y;
		}

		/** The weights of each output channel, times its factor. */
		float[] ofRows(final float[] weight) {
			final float[] y = new float[weight.length];
			final int row = weight.length / factor.length;
			for (int i = 0; i < y.length; i++) y[i] = (float) (factor[i / row] * weight[i]);
			return y;
		}
	}
}
