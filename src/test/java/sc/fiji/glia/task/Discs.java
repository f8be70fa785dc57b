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
package sc.fiji.glia.task;

import java.nio.file.Path;
import java.util.Random;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;
import ij.process.ImageProcessor;

/** Tiny stacks: on each slice one bright disc on noise. The same on every run. */
final class Discs {

	static final int DISC = 150, GROUND = 60, NOISE = 10;

	private Discs() {}

	/** An 8-bit stack. */
	static ImagePlus image(final String title, final int width, final int height, final int slices) {
		final ImagePlus imp = IJ.createImage(title, "8-bit black", width, height, slices);
		final Random noise = new Random(slices);
		for (int z = 0; z < slices; z++) {
			final ImageProcessor ip = imp.getStack().getProcessor(z + 1);
			for (int i = 0; i < width * height; i++) ip.set(i, (int) Math.round((isInside(i % width, i / width, z, width, height) ? DISC : GROUND) + NOISE *
				noise.nextGaussian()));
		}
		return imp;
	}

	/** Its mask, 0 and 255. */
	static ImagePlus mask(final String title, final int width, final int height, final int slices) {
		return mask(title, width, height, slices, 0, 255);
	}

	/** Its mask with other values. */
	static ImagePlus mask(final String title, final int width, final int height, final int slices, final int ground, final int disc) {
		final ImagePlus imp = IJ.createImage(title, "8-bit black", width, height, slices);
		for (int z = 0; z < slices; z++) {
			final ImageProcessor ip = imp.getStack().getProcessor(z + 1);
			for (int i = 0; i < width * height; i++) ip.set(i, isInside(i % width, i / width, z, width, height) ? disc : ground);
		}
		return imp;
	}

	static boolean isInside(final int x, final int y, final int slice, final int width, final int height) {
		final double r = radius(width, height), dx = x - centre(width, slice, r), dy = y - centre(height, slice + 7, r);
		return dx * dx + dy * dy <= r * r;
	}

	static double radius(final int width, final int height) {
		return Math.min(width, height) / 4.0;
	}

	/** Somewhere so that the whole disc is in the image. */
	static double centre(final int size, final int slice, final double radius) {
		return Math.rint(radius + 1 + (size - 2 * radius - 3) * (slice * 37 % 10 / 10.0));
	}

	/** Saves slices of a fresh stack as {@code name_N.tif} with {@code name_N_mask.tif}, N from {@code first}. */
	static void savePairs(final Path folder, final String name, final int first, final int count) {
		final ImagePlus image = image(name, 24, 24, first + count - 1), mask = mask(name, 24, 24, first + count - 1);
		for (int n = first; n < first + count; n++) {
			save(new ImagePlus(name, image.getStack().getProcessor(n)), folder.resolve(name + "_" + n + ".tif"));
			save(new ImagePlus(name, mask.getStack().getProcessor(n)), folder.resolve(name + "_" + n + "_mask.tif"));
		}
	}

	static void save(final ImagePlus imp, final Path file) {
		if (!(imp.getStackSize() > 1 ? new FileSaver(imp).saveAsTiffStack(file.toString()) : new FileSaver(imp).saveAsTiff(file.toString())))
			throw new IllegalStateException("cannot write " + file);
	}
}
