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

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;

/**
 * Makes the stacks of test-images: heads as an MRI shows them, with scalp, skull, folded cortex, white matter, ventricles, vessels, bias field and
 * noise. Lesions are bright, large, irregular and soft-edged. As bright as they are the scalp, small round spots and vessels, so no threshold finds
 * them. Seeded, and the same on every machine: StrictMath and exact operations only.
 */
public final class Phantoms {

	public static final int SIZE = 128, SLICES = 12;
	static final Path FOLDER = Path.of("test-images");

	/** A stack and its mask, 0 and 255. */
	public record Phantom(ImagePlus image, ImagePlus mask) {}

	private record Blob(double x, double y, double z, double radius, double thickness, double brightness) {}

	private record Vessel(double x, double y, double angle, double bend, double length, int slice) {}

	private final SplittableRandom random;
	private final double centreX, centreY, halfWidth, halfHeight;
	private final Noise folds, bias, texture, edge;
	private final double[] tilt = new double[3];
	private final List<Blob> lesions = new ArrayList<>(), spots = new ArrayList<>();
	private final List<Vessel> vessels = new ArrayList<>();

	private Phantoms(final long seed) {
		random = new SplittableRandom(seed);
		centreX = 63.5 + between(-2, 2);
		centreY = 63.5 + between(-2, 2);
		halfWidth = between(46, 49);
		halfHeight = between(54, 57);
		folds = new Noise(random, 9, 3.2);
		bias = new Noise(random, 70, 9);
		texture = new Noise(random, 4, 1);
		edge = new Noise(random, 10, 2.5);
		for (int i = 0; i < tilt.length; i++) tilt[i] = between(-0.14, 0.14);
	}

	public static void main(final String[] args) {
		for (final String name : new String[] { "phantom-a", "phantom-b" }) {
			final Phantom p = make(name);
			save(p.image);
			save(p.mask);
		}
	}

	private static void save(final ImagePlus imp) {
		if (!new FileSaver(imp).saveAsTiffStack(FOLDER.resolve(imp.getTitle()).toString())) throw new IllegalStateException("cannot write " + imp.getTitle());
	}

	/** {@code phantom-a} or {@code phantom-b}: one and two lesions. */
	public static Phantom make(final String name) {
		final Phantoms p = new Phantoms(name.equals("phantom-a") ? 20260 : 20261);
		if (name.equals("phantom-a")) p.lesions.add(p.lesion(-0.40, 0.16, 5.2, 13, 3.1));
		else {
			p.lesions.add(p.lesion(0.42, -0.22, 6.4, 12, 2.6));
			p.lesions.add(p.lesion(-0.34, 0.40, 3.2, 8.5, 1.8));
		}
		p.scatter();
		return p.draw(name);
	}

	/** Another head, with a lesion anywhere or, of odd seeds, with none. */
	public static Phantom any(final int seed) {
		final Phantoms p = new Phantoms(seed);
		final Blob lesion = p.lesion(p.between(0.25, 0.5) * (p.random.nextBoolean() ? 1 : -1), p.between(-0.45, 0.45), p.between(2, 9), p.between(8.5, 13), p
			.between(1.8, 3.1));
		if (seed % 2 == 0) p.lesions.add(lesion);
		p.scatter();
		return p.draw("phantom-" + seed);
	}

	private Blob lesion(final double x, final double y, final double z, final double radius, final double thickness) {
		return new Blob(centreX + x * halfWidth, centreY + y * halfHeight, z, radius, thickness, between(176, 186));
	}

	private void scatter() {
		for (int z = 0; z < SLICES; z++) {
			for (int i = 0; i < 9; i++) {
				final double angle = between(0, 2 * StrictMath.PI), r = Math.sqrt(random.nextDouble()) * 0.74 * scale(z);
				spots.add(new Blob(centreX + r * halfWidth * StrictMath.cos(angle), centreY + r * halfHeight * StrictMath.sin(angle), z, between(1.6, 2.9), 0.7,
					between(175, 215)));
			}
			for (int i = 0; i < 3; i++) {
				final double angle = between(0, 2 * StrictMath.PI), r = between(0.2, 0.7) * scale(z);
				vessels.add(new Vessel(centreX + r * halfWidth * StrictMath.cos(angle), centreY + r * halfHeight * StrictMath.sin(angle), between(0, 2 *
					StrictMath.PI), between(-0.09, 0.09), between(14, 30), z));
			}
		}
	}

	private Phantom draw(final String name) {
		final ImageStack image = new ImageStack(SIZE, SIZE), mask = new ImageStack(SIZE, SIZE);
		for (int z = 0; z < SLICES; z++) {
			final byte[] pixels = new byte[SIZE * SIZE], labels = new byte[SIZE * SIZE];
			final double[] vessel = vessels(z);
			for (int y = 0; y < SIZE; y++) for (int x = 0; x < SIZE; x++) {
				final int i = y * SIZE + x;
				final double lesion = lesion(x, y, z);
				double v = tissue(x, y, z);
				v += (lesionBrightness(x, y, z) - v) * soft((lesion - 0.5) * 26);
				v += (188 - v) * vessel[i];
				for (final Blob s : spots) if (s.z == z) {
					final double d = Math.sqrt((x - s.x) * (x - s.x) + (y - s.y) * (y - s.y));
					v += (s.brightness - v) * soft((s.radius - d) * 3);
				}
				v = v * shade(x, y, z) + noise() * 5.5;
				pixels[i] = (byte) Math.max(0, Math.min(255, Math.round(v)));
				if (lesion > 0.5) labels[i] = (byte) 255;
			}
			image.addSlice(null, pixels);
			mask.addSlice(null, labels);
		}
		return new Phantom(stack(name + ".tif", image), stack(name + "-mask.tif", mask));
	}

	private static ImagePlus stack(final String title, final ImageStack stack) {
		final ImagePlus imp = new ImagePlus(title, stack);
		imp.setDimensions(1, SLICES, 1);
		imp.getCalibration().setUnit("mm");
		imp.getCalibration().pixelWidth = imp.getCalibration().pixelHeight = 1.6;
		imp.getCalibration().pixelDepth = 5;
		imp.setDisplayRange(0, 255);
		return imp;
	}

	/** How far the head reaches in slice z, 0 to 1. */
	private static double scale(final int z) {
		final double h = (z - 4.5) / 9.5;
		return Math.sqrt(1 - h * h);
	}

	/** What the head is made of, without lesions, spots and vessels. */
	private double tissue(final int x, final int y, final int z) {
		final double dx = x - centreX, dy = y - centreY, s = scale(z);
		final double ex = dx / (halfWidth * s), ey = dy / (halfHeight * s), r = Math.sqrt(ex * ex + ey * ey);
		// Depth below the surface of the head, in pixels
		final double depth = (1 - r) * halfWidth * s * 1.06 + edge.at(x, y, z) * 0.8;
		final double fold = folds.at(x, y, z), brain = depth - 9.5;
		double v = 6;
		v += (190 + 14 * texture.at(x, y, z) - v) * soft(depth * 3); // scalp
		v += (14 - v) * soft((depth - 4) * 2.6); // bone
		v += (34 - v) * soft((depth - 7.6) * 2); // fluid around the brain
		final double gray = 122 + 7 * texture.at(x, y, z), white = 82 + 4 * texture.at(y, x, z);
		v += (gray - v) * soft((brain - 0.3 + fold) * 2);
		v += (white - v) * soft((brain - 6.5 + 6 * fold) * 1.6);
		// Furrows: thin and dark, near the surface
		final double furrow = soft((0.075 - Math.abs(fold + 0.12)) * 50) * soft((13 - brain) * 0.6) * soft(brain * 2);
		v += (38 - v) * furrow * 0.9;
		final double midline = soft((0.8 - Math.abs(dx + 0.8 * edge.at(30, y, z))) * 4) * soft((Math.abs(ey) - 0.36) * 14) * soft(brain * 2);
		v += (46 - v) * midline * 0.8;
		v += (26 - v) * ventricle(Math.abs(dx) + edge.at(x, y, z) * 1.3, dy, z);
		return v;
	}

	/** 1 inside one of the two lateral ventricles, crescents beside the midline. */
	private static double ventricle(final double x, final double y, final int z) {
		final double size = 1 - Math.abs(z - 5) / 4.2;
		if (size <= 0) return 0;
		final double bow = 5 + 0.014 * y * y, width = (1.2 + 4.2 * size) * (1 - y * y / (520 * (0.35 + size)));
		return soft((width - Math.abs(x - bow)) * 1.6);
	}

	/** More than 0.5 inside a lesion. */
	private double lesion(final int x, final int y, final int z) {
		double most = 0;
		for (final Blob l : lesions) {
			final double u = (x - l.x) / l.radius, v = (y - l.y) / l.radius, w = (z - l.z) / l.thickness;
			most = Math.max(most, 1 - 0.5 * Math.sqrt(u * u + v * v * 1.25 + w * w) + 0.23 * edge.at(y, x, z) + 0.04 * texture.at(x, y, z));
		}
		return most;
	}

	private double lesionBrightness(final int x, final int y, final int z) {
		return (lesions.isEmpty() ? 0 : lesions.get(0).brightness) + 13 * texture.at(y, x, z) + 9 * folds.at(y, x, z);
	}

	/** How far each pixel of slice z is a vessel, 0 to 1. */
	private double[] vessels(final int z) {
		final double[] out = new double[SIZE * SIZE];
		for (final Vessel v : vessels) {
			if (v.slice != z) continue;
			double x = v.x, y = v.y, angle = v.angle;
			for (double t = 0; t < v.length; t += 0.5) {
				x += 0.5 * StrictMath.cos(angle);
				y += 0.5 * StrictMath.sin(angle);
				angle += v.bend * 0.5;
				final double ex = (x - centreX) / (halfWidth * scale(z)), ey = (y - centreY) / (halfHeight * scale(z));
				if (ex * ex + ey * ey > 0.58) break;
				for (int row = (int) y - 2; row <= (int) y + 3; row++) for (int col = (int) x - 2; col <= (int) x + 3; col++) {
					final double d = Math.sqrt((col - x) * (col - x) + (row - y) * (row - y));
					out[row * SIZE + col] = Math.max(out[row * SIZE + col], soft((0.95 - d) * 4));
				}
			}
		}
		return out;
	}

	private double shade(final int x, final int y, final int z) {
		final double u = (x - 63.5) / 64, v = (y - 63.5) / 64, w = (z - 5.5) / 6;
		return 1 + tilt[0] * u + tilt[1] * v + 0.5 * tilt[2] * w + 0.07 * bias.at(x, y, z);
	}

	/** Nearly normal, of mean 0 and variance 1: twelve uniform numbers, whose sum needs no logarithm. */
	private double noise() {
		double sum = -6;
		for (int i = 0; i < 12; i++) sum += random.nextDouble();
		return sum;
	}

	private double between(final double low, final double high) {
		return low + (high - low) * random.nextDouble();
	}

	/** From 0 to 1, 0.5 at 0. */
	private static double soft(final double x) {
		return x < -20 ? 0 : x > 20 ? 1 : 1 / (1 + StrictMath.exp(-x));
	}

	/** Smooth noise from -1 to 1: random numbers on a lattice, blended between its points. */
	private static final class Noise {

		private final double cell, depth;
		private final int across = SIZE + 4, down;
		private final double[] lattice;

		Noise(final SplittableRandom random, final double cell, final double depth) {
			this.cell = cell;
			this.depth = depth;
			down = (int) (SLICES / depth) + 3;
			lattice = new double[across * across * down];
			for (int i = 0; i < lattice.length; i++) lattice[i] = 2 * random.nextDouble() - 1;
		}

		double at(final int x, final int y, final int z) {
			final double u = x / cell, v = y / cell, w = z / depth;
			final int i = (int) u, j = (int) v, k = (int) w;
			final double a = blend(u - i), b = blend(v - j), c = blend(w - k);
			return mix(plane(i, j, k, a, b), plane(i, j, k + 1, a, b), c);
		}

		private double plane(final int i, final int j, final int k, final double a, final double b) {
			final int p = (k * across + j) * across + i;
			return mix(mix(lattice[p], lattice[p + 1], a), mix(lattice[p + across], lattice[p + across + 1], a), b);
		}

		private static double mix(final double a, final double b, final double t) {
			return a + (b - a) * t;
		}

		private static double blend(final double t) {
			return t * t * (3 - 2 * t);
		}
	}
}
