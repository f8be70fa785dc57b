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
package sc.fiji.glia.image;

import java.util.SplittableRandom;

import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.process.ByteProcessor;

/** Makes test-images/heads.tif: one slice of each of many heads of {@link Phantoms}, at half their size; the label of a slice says {@code lesion} or {@code healthy}. */
public final class LabelledHeads {

	public static final int HEADS = 120, SIZE = Phantoms.SIZE / 2;
	static final String TITLE = "heads.tif";

	private LabelledHeads() {}

	public static void main(final String[] args) {
		if (!new FileSaver(make()).saveAsTiffStack(Phantoms.FOLDER.resolve(TITLE).toString())) throw new IllegalStateException("cannot write " + TITLE);
	}

	/** The stack. */
	public static ImagePlus make() {
		final ImageStack stack = new ImageStack(SIZE, SIZE);
		for (int n = 0; n < HEADS; n++) {
			final Phantoms.Phantom p = Phantoms.any(1000 + n);
			final int slice = slice(p, n);
			stack.addSlice(pixels(p, slice) > 0 ? "lesion" : "healthy", half((byte[]) p.image().getStack().getPixels(slice)));
		}
		return new ImagePlus(TITLE, stack);
	}

	/** The slice with the most lesion; without one, any. */
	private static int slice(final Phantoms.Phantom p, final int seed) {
		int best = 1 + new SplittableRandom(seed).nextInt(Phantoms.SLICES);
		for (int z = 1; z <= Phantoms.SLICES; z++) if (pixels(p, z) > pixels(p, best)) best = z;
		return best;
	}

	private static int pixels(final Phantoms.Phantom p, final int slice) {
		int n = 0;
		for (final byte b : (byte[]) p.mask().getStack().getPixels(slice)) if (b != 0) n++;
		return n;
	}

	/** Means of 2x2 pixels. */
	private static ByteProcessor half(final byte[] v) {
		final ByteProcessor half = new ByteProcessor(SIZE, SIZE);
		for (int y = 0; y < SIZE; y++) for (int x = 0; x < SIZE; x++) {
			final int i = 2 * y * Phantoms.SIZE + 2 * x;
			half.set(x, y, (v[i] & 0xff) + (v[i + 1] & 0xff) + (v[i + Phantoms.SIZE] & 0xff) + (v[i + Phantoms.SIZE + 1] & 0xff) + 2 >> 2);
		}
		return half;
	}
}
