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

import java.util.Arrays;
import java.util.Map;

import sc.fiji.glia.engine.exec.Steps.Ports;
import sc.fiji.glia.engine.graph.Conv2D;
import sc.fiji.glia.engine.graph.Layer;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.Lanes;
import sc.fiji.glia.engine.kernel.plain.PlaneSums;
import sc.fiji.glia.engine.kernel.Scratch;
import sc.fiji.glia.engine.kernel.vector.BlockHead;

/** The 1x1 {@link Conv2D} at the end of a network, from blocks to the planes that leave, and back. */
final class BlockHeadStep extends BlockStep {

	private final String name;
	private final Ports ports;
	private final Probabilities probabilities;
	private final boolean learns;
	private final int outputs, width, inputs;
	private final float[] weight, bias, weightGradient, biasGradient;
	/** Weights by output and lane. */
	private final float[][] packed;
	/** By lane of images: gradients by output and lane of the map, and of the bias. */
	private final float[][] sums;
	private final double[][] biasSums;

	/**
	 * @param lanes number of lanes; 0 if the weights do not learn
	 * @param end the network's last layer: this one or the one that makes probabilities of its output
	 */
	BlockHeadStep(final String name, final Conv2D layer, final Weights weights, final Maps maps, final int lanes, final Ports ports, final Layer end) {
		super(maps);
		this.name = name;
		this.ports = ports;
		learns = lanes > 0;
		probabilities = new Probabilities(end, DenseKernels.VECTOR.probabilities());
		outputs = layer.filters();
		width = x.channels().length;
		inputs = x.count();
		weight = weights.get(name + ".weight");
		bias = layer.bias() ? weights.get(name + ".bias") : new float[0];
		packed = new float[outputs][width];
		weightGradient = new float[learns ? weight.length : 0];
		biasGradient = new float[learns ? bias.length : 0];
		sums = new float[lanes][outputs * width];
		biasSums = new double[lanes][outputs];
	}

	@Override
	boolean learns() {
		return learns;
	}

	@Override
	void beforeForward(final Scratch scratch) {
		for (int o = 0; o < outputs; o++) for (int l = 0; l < width; l++) if (x.channels()[l] >= 0) packed[o][l] = weight[o * inputs + x.channels()[l]];
	}

	@Override
	void forward(final Program program) {
		program.each(turn -> {
			final float[][] out = ports.output()[turn.image];
			rows(turn, outputs, x.shape().height(), (o, y0, y1, scratch) -> BlockHead.forward(memory(turn), x.blocks(), x.shape(), packed[o], bias.length > 0 ? bias[
				o] : 0, out[o], scratch.floats(x.shape().width() * Lanes.COUNT), y0, y1));
			probabilities.of(out, turn.scratch);
		});
	}

	@Override
	void beforeBackward() {
		for (final float[] lane : sums) Arrays.fill(lane, 0);
		for (final double[] lane : biasSums) Arrays.fill(lane, 0);
	}

	@Override
	void backward(final Program program) {
		program.each(turn -> {
			final float[] m = memory(turn);
			final float[][] g = ports.outputGradient()[turn.image];
			if (learns) for (int o = 0; o < outputs; o++) biasSums[turn.lane][o] += PlaneSums.sum(g[o], turn.scratch);
			// both gradients of a row while it is in the cache; sums over rows are formed in order, so by one thread
			for (int y = 0; y < x.shape().height(); y++) for (int o = 0; o < outputs; o++) {
				if (learns) BlockHead.gradient(m, x.blocks(), x.shape(), g[o], sums[turn.lane], o * width, y, y + 1);
				if (!dx.isEmpty()) BlockHead.backward(m, g[o], packed[o], dx.blocks(), x.blocks(), x.shape(), add || o > 0, mask != 1 && o == outputs - 1, mask, y, y +
					1);
			}
		});
	}

	@Override
	void afterBackward() {
		if (!learns) return;
		for (int l = 1; l < sums.length; l++) Sums.add(sums[0], sums[l]);
		for (int o = 0; o < outputs; o++) {
			for (int l = 0; l < width; l++) if (x.channels()[l] >= 0) weightGradient[o * inputs + x.channels()[l]] = sums[0][o * width + l];
			double s = 0;
			for (final double[] lane : biasSums) s += lane[o];
			if (bias.length > 0) biasGradient[o] = (float) s;
		}
	}

	@Override
	void gradients(final Map<String, float[]> gradients) {
		if (!learns) return;
		gradients.put(name + ".weight", weightGradient);
		if (bias.length > 0) gradients.put(name + ".bias", biasGradient);
	}
}
