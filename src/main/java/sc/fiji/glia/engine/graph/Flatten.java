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

import java.util.List;

/**
 * Turns every value of the feature maps into a channel of its own: {@code y[(c * height + i) * width + j] = x[c][i][j]}, the order of
 * PyTorch.
 * <p>
 * Input {@code channels x height x width}, output {@code (channels * height * width) x 1 x 1}. The size is fixed, since the number of
 * weights of the {@link Dense} layer behind it depends on it; {@link Graph#imageSize()} says which image size follows.
 *
 * @param height rows of the input, in pixels
 * @param width columns of the input, in pixels
 */
public record Flatten(int height, int width) implements Layer {

	/** @throws IllegalArgumentException if a size is below 1 */
	public Flatten {
		if (height < 1 || width < 1) throw new IllegalArgumentException("Flatten: expected a height and width of at least 1, got " + height + ", " + width);
	}

	@Override
	public Shape output(final List<Shape> inputs) {
		final Shape s = Layer.single(inputs);
		if (s.height() != height || s.width() != width) throw new IllegalArgumentException("expected an input of " + s.channels() + "x" + height + "x" +
			width + ", got " + s + "; the network takes images of one size only");
		return new Shape(channels(List.of(s.channels())), 1, 1);
	}

	@Override
	public int channels(final List<Integer> inputs) {
		return Math.multiplyExact(inputs.get(0), Math.multiplyExact(height, width));
	}

	@Override
	public boolean readsWholeImage() {
		return true;
	}
}
