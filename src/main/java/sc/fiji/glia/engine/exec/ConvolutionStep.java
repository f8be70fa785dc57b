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

import sc.fiji.glia.engine.graph.Conv2D;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.plain.PlaneConvolution;
import sc.fiji.glia.engine.kernel.plain.PlaneSums;
import sc.fiji.glia.engine.kernel.Scratch;

/** {@link Conv2D}. The gradient of the weights is summed lane by lane; the lanes are added in order. */
final class ConvolutionStep extends PlaneStep {

	private final String name;
	private final PlaneConvolution convolution;
	private final boolean relu, pools, learns;
	private final float[] weight, bias;
	private final float[] factors, flipped, weightGradient, biasGradient;
	private final float[][][] sums;
	private final double[][] biasSums;

	/**
	 * @param lanes number of lanes; 0 if the weights do not learn
	 * @param relu whether a ReLU follows, which is then part of this step: the planes are those of its output, and the gradient of the output is
	 *          overwritten by that of the ReLU's input
	 * @param pools whether of each 2x2 pixels only the largest is kept; only without a backward pass
	 */
	ConvolutionStep(final String name, final Conv2D layer, final PlaneConvolution convolution, final Weights weights, final Planes planes,
		final int lanes, final boolean relu, final boolean pools)
	{
		super(planes);
		this.relu = relu;
		this.pools = pools;
		learns = lanes > 0;
		this.name = name;
		this.convolution = convolution;
		weight = weights.get(name + ".weight");
		bias = layer.bias() ? weights.get(name + ".bias") : new float[0];
		factors = convolution.newFactors();
		flipped = dx.length > 0 ? convolution.newFlipped() : new float[0];
		weightGradient = new float[learns ? weight.length : 0];
		biasGradient = new float[learns ? bias.length : 0];
		sums = new float[lanes][][];
		Arrays.setAll(sums, l -> convolution.newSums());
		biasSums = new double[sums.length][bias.length];
	}

	@Override
	boolean learns() {
		return learns;
	}

	@Override
	void beforeForward(final Scratch scratch) {
		convolution.prepare(weight, factors);
		if (dx.length > 0) convolution.flip(weight, flipped);
	}

	@Override
	void forward(final Program program) {
		final float floor = relu ? 0 : Float.NEGATIVE_INFINITY;
		if (pools) program.each(turn -> convolution.forwardPooled(x[turn.slot], factors, bias, floor, y[turn.slot], turn.team, turn.scratch));
		else program.each(turn -> convolution.forward(x[turn.slot], factors, bias, floor, y[turn.slot], turn.team, turn.scratch));
	}

	@Override
	void beforeBackward() {
		for (final float[][] lane : sums) for (final float[] row : lane) Arrays.fill(row, 0);
		for (final double[] lane : biasSums) Arrays.fill(lane, 0);
	}

	@Override
	void backward(final Program program) {
		program.each(turn -> {
			final int i = turn.slot;
			if (relu) channels(turn, dy[i].length, (o, scratch) -> PointwiseStep.mask(dy[i][o], y[i][o], 0));
			if (learns) sumGradients(turn, x[i], dy[i]);
			if (dx.length > 0) convolution.backwardInput(dy[i], flipped, dx[i], add, turn.team);
		});
	}

	private void sumGradients(final Turn turn, final float[][] in, final float[][] gradient) {
		final int lane = turn.lane, outputs = gradient.length;
		// whoever is alone does it in one go
		final int parts = turn.team.threads() == 1 ? 1 : 4 * turn.team.threads(), part = ((outputs + parts - 1) / parts + 1) / 2 * 2;
		turn.team.run((outputs + part - 1) / part, (p, scratch) -> convolution.backwardWeights(in, gradient, sums[lane], p * part, Math.min(outputs, (p + 1) *
			part), scratch));
		channels(turn, bias.length, (o, scratch) -> biasSums[lane][o] += PlaneSums.sum(gradient[o], scratch));
	}

	@Override
	void afterBackward() {
		if (!learns) return;
		for (int l = 1; l < sums.length; l++) for (int o = 0; o < sums[0].length; o++) Sums.add(sums[0][o], sums[l][o]);
		Arrays.fill(weightGradient, 0);
		convolution.weightGradient(sums[0], weightGradient);
		for (int o = 0; o < bias.length; o++) {
			double s = 0;
			for (final double[] lane : biasSums) s += lane[o];
			biasGradient[o] = (float) s;
		}
	}

	@Override
	void gradients(final Map<String, float[]> gradients) {
		if (!learns) return;
		gradients.put(name + ".weight", weightGradient);
		if (bias.length > 0) gradients.put(name + ".bias", biasGradient);
	}
}
