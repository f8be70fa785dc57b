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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

import sc.fiji.glia.engine.check.TestBatch;
import sc.fiji.glia.engine.graph.Cnn;
import sc.fiji.glia.engine.graph.DenseNetwork;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.UNet;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.train.Loss;

/**
 * What two engines are to agree on: a network with its first weights, and a batch that it is trained on for some steps. Weights and data
 * come from a seed and are not stored; {@link #checksum} tells whether they are still the same.
 *
 * @param id name, also of the file of golden numbers
 * @param graph the network, without dropout
 * @param height rows of an image
 * @param width columns of an image
 * @param batch number of images
 * @param loss what is minimised
 * @param rate learning rate of gradient descent; Adam takes a tenth. So small that the weights of ten steps tell of all steps and yet do not
 *          magnify rounding
 * @param seed of weights and images; such that in the first step no value is so near to the corner of a ReLU, or to the other values of a
 *          pooled square, that rounding would decide which way the gradient goes
 */
public record ParityCase(String id, Graph graph, int height, int width, int batch, Loss loss, float rate, long seed) {

	/** Steps of a training. */
	public static final int STEPS = 10;
	/** Momentum of gradient descent. */
	public static final float MOMENTUM = 0.9f;

	/** How weights follow gradients. */
	public enum Descent {
		/** Gradient descent with {@link ParityCase#MOMENTUM}. */
		SGD,
		/** Adam with beta 0.9 and 0.999, epsilon 1e-8. */
		ADAM
	}

	/** Learning rate of a training. */
	public float rate(final Descent descent) {
		return descent == Descent.SGD ? rate : rate / 10;
	}

	/** All cases. */
	public static List<ParityCase> all() {
		return List.of( //
			new ParityCase("unet", UNet.plain(1, 1).graph(), 32, 32, 2, Loss.CROSS_ENTROPY, 0.002f, 112), //
			new ParityCase("unet-norm", new UNet(2, 3, 8, 3, 2, true, 0).graph(), 16, 24, 3, Loss.DICE_CROSS_ENTROPY, 0.0003f, 244), //
			new ParityCase("cnn-32-64", Cnn.cnn32x64(1, 16, 16, 3).graph(), 16, 16, 5, Loss.CROSS_ENTROPY, 0.002f, 165), //
			new ParityCase("dense-512", new DenseNetwork(1, 12, 12, 2, List.of(512), true, 0).graph(), 12, 12, 7, Loss.CROSS_ENTROPY, 0.001f, 192));
	}

	/** The first weights: new arrays in each call. */
	public Weights weights() {
		return TestBatch.weights(graph, seed);
	}

	/** Blurred discs on noise, {@code [image][channel][pixel]}. */
	public float[][][] images() {
		final SplittableRandom random = new SplittableRandom(seed);
		final float[][][] x = new float[batch][graph.inputChannels()][height * width];
		for (int b = 0; b < batch; b++) for (final float[] plane : x[b]) for (int i = 0; i < plane.length; i++) {
			final double edge = radius(b) - distance(b, i);
			plane[i] = (float) (1 / (1 + StrictMath.exp(-edge)) + random.nextDouble(-0.3, 0.3));
		}
		return x;
	}

	/** The discs for a network that labels pixels, the number of the image for one that labels images; {@code [image][pixel]}. */
	public byte[][] labels() {
		final int outputs = graph.outputChannels(), classes = Math.max(2, outputs);
		final int pixels = graph.shapes(height, width).get(graph.nodes().size() - 1).plane();
		final byte[][] labels = new byte[batch][pixels];
		for (int b = 0; b < batch; b++) for (int i = 0; i < pixels; i++)
			labels[b][i] = (byte) (pixels == 1 ? b % classes : distance(b, i) < radius(b) ? 1 + b % (classes - 1) : 0);
		return labels;
	}

	private double radius(final int image) {
		return (0.25 + 0.05 * image) * Math.min(height, width);
	}

	private double distance(final int image, final int pixel) {
		final double y = pixel / width - height * (0.4 + 0.05 * image), x = pixel % width - width * (0.6 - 0.05 * image);
		return Math.sqrt(x * x + y * y);
	}

	/** A number that changes with any bit of weights, images or labels. */
	public long checksum() {
		final CRC32 crc = new CRC32();
		weights().arrays().values().forEach(a -> add(crc, a));
		for (final float[][] image : images()) for (final float[] plane : image) add(crc, plane);
		for (final byte[] l : labels()) crc.update(l);
		return crc.getValue();
	}

	private static void add(final CRC32 crc, final float[] values) {
		for (final float v : values) {
			final int bits = Float.floatToIntBits(v);
			for (int shift = 0; shift < 32; shift += 8) crc.update(bits >>> shift);
		}
	}

	/** The names of the arrays that training changes. */
	public List<String> learned() {
		final Map<String, Boolean> names = new LinkedHashMap<>();
		graph.logits().weights().forEach((name, spec) -> names.put(name, spec.learned()));
		return names.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey).toList();
	}
}
