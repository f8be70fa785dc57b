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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

import sc.fiji.glia.engine.graph.BatchNorm;
import sc.fiji.glia.engine.graph.Concat;
import sc.fiji.glia.engine.graph.Conv2D;
import sc.fiji.glia.engine.graph.Dense;
import sc.fiji.glia.engine.graph.Flatten;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Layer;
import sc.fiji.glia.engine.graph.MaxPool2D;
import sc.fiji.glia.engine.graph.Node;
import sc.fiji.glia.engine.graph.Padding;
import sc.fiji.glia.engine.graph.ReLU;
import sc.fiji.glia.engine.graph.Shape;
import sc.fiji.glia.engine.graph.Sigmoid;
import sc.fiji.glia.engine.graph.Softmax;
import sc.fiji.glia.engine.graph.Upsample2D;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.parity.ParityCase.Descent;
import sc.fiji.glia.engine.train.Loss;

/** The numbers of {@link OurNumbers}, under the same names, as libtorch comes to them: its own layers, derivatives and optimizers. */
final class TorchNumbers {

	private final ParityCase c;
	private final torch.ScalarType precision;
	private final Map<String, double[]> numbers = new LinkedHashMap<>();
	private final Map<String, Tensor> weights = new LinkedHashMap<>();
	private final Tensor images, oneHot;

	/** @param precision Float or Double */
	private TorchNumbers(final ParityCase c, final torch.ScalarType precision) {
		this.c = c;
		this.precision = precision;
		images = tensor(flat(c.images()), c.batch(), c.graph().inputChannels(), c.height(), c.width());
		oneHot = oneHot();
	}

	/** All numbers by name. */
	static Map<String, double[]> of(final ParityCase c, final torch.ScalarType precision) {
		try (PointerScope scope = new PointerScope()) {
			final TorchNumbers n = new TorchNumbers(c, precision);
			n.start();
			n.numbers.put("prediction", values(n.forward(c.graph(), false)));
			for (final Descent d : Descent.values()) {
				n.start();
				n.train(d);
			}
			return n.numbers;
		}
	}

	/** Back to the first weights. */
	private void start() {
		final Weights first = c.weights();
		final List<String> learned = c.learned();
		c.graph().weights().forEach((name, spec) -> weights.put(name, tensor(first.get(name), spec.shape().stream().mapToLong(s -> s).toArray())
			.set_requires_grad(learned.contains(name))));
	}

	private void train(final Descent descent) {
		final List<String> names = c.learned();
		final Optimizer optimizer = optimizer(descent, new TensorVector(names.stream().map(weights::get).toArray(Tensor[]::new)));
		final double[] losses = new double[ParityCase.STEPS];
		for (int step = 0; step < losses.length; step++) {
			optimizer.zero_grad();
			final Tensor logits = forward(c.graph().logits(), true);
			final Tensor loss = loss(logits);
			losses[step] = values(loss)[0];
			loss.backward();
			if (step == 0) {
				numbers.put("logits", values(logits));
				for (final String n : names) numbers.put("gradient." + n, values(weights.get(n).grad()));
			}
			optimizer.step();
		}
		numbers.put("loss", new double[] { losses[0] });
		final String prefix = descent.name().toLowerCase(Locale.ROOT) + ".";
		numbers.put(prefix + "losses", losses);
		for (final String n : names) numbers.put(prefix + n, values(weights.get(n)));
	}

	private Optimizer optimizer(final Descent descent, final TensorVector parameters) {
		if (descent == Descent.ADAM) return new Adam(parameters, new AdamOptions(c.rate(descent)));
		final SGDOptions options = new SGDOptions(c.rate(descent));
		options.momentum().put(ParityCase.MOMENTUM);
		return new SGD(parameters, options);
	}

	// -- layers --

	private Tensor forward(final Graph graph, final boolean training) {
		final List<Tensor> outputs = new ArrayList<>(List.of(images));
		for (final Node node : graph.nodes().subList(1, graph.nodes().size())) outputs.add(layer(node, node.inputs().stream().map(outputs::get).toList(),
			training));
		return outputs.get(outputs.size() - 1);
	}

	private Tensor layer(final Node node, final List<Tensor> inputs, final boolean training) {
		final Tensor x = inputs.get(0);
		final Layer layer = node.layer();
		if (layer instanceof final Conv2D conv) {
			if (conv.padding() == Padding.SAME && conv.kernel() % 2 == 0) throw new IllegalArgumentException("TorchNumbers: even kernel of '" + node.name() +
				"'");
			final long[] stride = { conv.stride(), conv.stride() }, before = { conv.before(), conv.before() };
			return torch.conv2d(x, weight(node, "weight"), optional(node, "bias"), stride, before, new long[] { 1, 1 }, 1);
		}
		if (layer instanceof final BatchNorm norm) return torch.batch_norm(x, optional(node, "weight"), optional(node, "bias"), optional(node,
			"running_mean"), optional(node, "running_var"), training, norm.momentum(), norm.epsilon(), false);
		if (layer instanceof Dense) return torch.linear(x, weight(node, "weight"), optional(node, "bias"));
		if (layer instanceof Flatten) return x.flatten(1, -1);
		if (layer instanceof ReLU) return torch.relu(x);
		if (layer instanceof final MaxPool2D pool) return torch.max_pool2d(x, pool.size(), pool.size());
		if (layer instanceof final Upsample2D up) return torch.upsample_nearest2d(x, x.size(2) * up.factor(), x.size(3) * up.factor());
		if (layer instanceof Concat) return torch.cat(new TensorVector(inputs.toArray(Tensor[]::new)), 1);
		if (layer instanceof Sigmoid) return torch.sigmoid(x);
		if (layer instanceof Softmax) return torch.softmax(x, 1);
		throw new IllegalArgumentException("TorchNumbers: no counterpart of " + layer);
	}

	private Tensor weight(final Node node, final String name) {
		return weights.get(node.name() + "." + name);
	}

	private TensorOptional optional(final Node node, final String name) {
		final Tensor w = weight(node, name);
		return w == null ? new TensorOptional() : new TensorOptional(w);
	}

	// -- loss --

	private Tensor loss(final Tensor logits) {
		final Loss loss = c.loss();
		final boolean binary = c.graph().outputChannels() == 1;
		final Tensor entropy = binary ? torch.binary_cross_entropy_with_logits(logits, oneHot) : torch.cross_entropy_loss(logits, oneHot);
		if (loss.dice() == 0) return entropy.mul(new Scalar(loss.crossEntropy()));
		final long[] allButClass = { 0, 2, 3 };
		final Tensor p = binary ? torch.sigmoid(logits) : torch.softmax(logits, 1), one = torch.ones(1).to(precision);
		final Tensor overlap = p.mul(oneHot).sum(allButClass), size = p.sum(allButClass).add(oneHot.sum(allButClass));
		final Tensor dice = overlap.mul(new Scalar(2.0)).add(one).div(size.add(one));
		final Tensor foreground = binary ? dice : dice.slice(0, new LongOptional(1), new LongOptional(), 1);
		return entropy.mul(new Scalar(loss.crossEntropy())).add(one.sub(foreground.mean()).mul(new Scalar(loss.dice())).sum());
	}

	/** The labels as probabilities in the shape of the logits. */
	private Tensor oneHot() {
		final List<Shape> shapes = c.graph().shapes(c.height(), c.width());
		final Shape out = shapes.get(shapes.size() - 1);
		final byte[][] labels = c.labels();
		final float[] p = new float[c.batch() * out.channels() * out.plane()];
		for (int b = 0; b < c.batch(); b++) for (int k = 0; k < out.channels(); k++) for (int i = 0; i < out.plane(); i++) {
			final boolean is = out.channels() == 1 ? labels[b][i] > 0 : labels[b][i] == k;
			p[(b * out.channels() + k) * out.plane() + i] = is ? 1 : 0;
		}
		final boolean vectors = c.graph().nodes().stream().anyMatch(n -> n.layer() instanceof Dense);
		return vectors ? tensor(p, c.batch(), out.channels()) : tensor(p, c.batch(), out.channels(), out.height(), out.width());
	}

	// -- arrays --

	private Tensor tensor(final float[] values, final long... shape) {
		return Tensor.create(values, shape).to(precision).contiguous().detach();
	}

	private static double[] values(final Tensor t) {
		final double[] v = new double[(int) t.numel()];
		t.detach().to(torch.ScalarType.Double).contiguous().data_ptr_double().get(v);
		return v;
	}

	private static float[] flat(final float[][][] x) {
		final int plane = x[0][0].length;
		final float[] all = new float[x.length * x[0].length * plane];
		for (int b = 0; b < x.length; b++) for (int k = 0; k < x[b].length; k++) System.arraycopy(x[b][k], 0, all, (b * x[b].length + k) * plane, plane);
		return all;
	}
}
