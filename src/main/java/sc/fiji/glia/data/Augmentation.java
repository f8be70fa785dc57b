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
package sc.fiji.glia.data;

import java.util.List;
import java.util.Map;

/**
 * How patches are varied in training. Geometry is one map, the same for all channels (bilinear) and labels (nearest); beyond the edges the
 * image is mirrored. Intensity is varied channel by channel, in units of the patch's own spread; where 0 is background it stays 0. Each kind
 * but mirror images and quarter turns is applied to a random share of patches.
 *
 * @param symmetry which mirror images and quarter turns there are, all equally likely
 * @param share probability with which a patch is rotated and scaled, and then with which it undergoes each of the other kinds
 * @param shift largest displacement to either side, as a share of the width and of the height; for whole images, since patches are taken anywhere
 * @param rotation largest angle, in degrees to either side
 * @param scaling largest factor of magnification, and of reduction
 * @param elastic largest displacement of the knots of a cubic B-spline with a knot each 32 pixels, in pixels; without folds up to 8
 * @param gain largest relative change of contrast about the mean
 * @param offset largest shift of brightness, in standard deviations
 * @param gamma largest exponent over the patch's range, and its inverse
 * @param noise largest standard deviation of added noise, in standard deviations of the patch
 * @param blur largest weight b of the neighbours in a smoothing by (b, 1 - 2b, b) along rows and columns; at most 0.25
 */
public record Augmentation(Symmetry symmetry, double share, double shift, double rotation, double scaling, double elastic, double gain, double offset, double gamma,
	double noise, double blur)
{

	/** Mirror images and quarter turns of an image that might be images themselves. */
	public enum Symmetry {
		/** None but the image. */
		NONE,
		/** The image and its mirror image, left and right exchanged. */
		MIRROR,
		/** All eight: the quarter turns of both. */
		ALL
	}

	/** Patches as they are. */
	public static final Augmentation NONE = new Augmentation(Symmetry.NONE, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0);
	/** Mirror images and quarter turns only; values stay as they are. */
	public static final Augmentation FLIPS = new Augmentation(Symmetry.ALL, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0);
	/** Small rotations and changes of size and intensity. */
	public static final Augmentation LIGHT = new Augmentation(Symmetry.ALL, 0.5, 0, 15, 1.1, 0, 0.1, 0.1, 1.1, 0, 0);
	/** As light, but upright: with small shifts in place of mirror images and quarter turns, which of a letter or a face make something else. */
	public static final Augmentation UPRIGHT = new Augmentation(Symmetry.NONE, 0.5, 0.08, 15, 1.1, 0, 0.1, 0.1, 1.1, 0, 0);
	/** As upright, with mirror images, left and right exchanged. */
	public static final Augmentation MIRROR = new Augmentation(Symmetry.MIRROR, 0.5, 0.08, 15, 1.1, 0, 0.1, 0.1, 1.1, 0, 0);
	/** Any angle, sizes up to 1.4 times, elastic deformation, intensity, noise and blur. */
	public static final Augmentation STRONG = new Augmentation(Symmetry.ALL, 0.4, 0, 180, 1.4, 8, 0.25, 0.25, 1.4, 0.15, 0.25);

	/** Names of the presets, mildest first. */
	public static final List<String> NAMES = List.of("none", "flips", "upright", "mirror", "light", "strong");

	/** @throws IllegalArgumentException if a value is out of its range */
	public Augmentation {
		if (!(share >= 0 && share <= 1)) throw new IllegalArgumentException("Augmentation: expected a share from 0 to 1, got " + share);
		if (!(scaling >= 1 && gamma >= 1)) throw new IllegalArgumentException("Augmentation: expected scaling and gamma of at least 1, got " + scaling +
			" and " + gamma);
		if (!(blur >= 0 && blur <= 0.25)) throw new IllegalArgumentException("Augmentation: expected blur from 0 to 0.25, got " + blur);
		if (!(shift >= 0 && rotation >= 0 && elastic >= 0 && gain >= 0 && offset >= 0 && noise >= 0)) throw new IllegalArgumentException(
			"Augmentation: expected no negative values, got shift " + shift + ", rotation " + rotation + ", elastic " + elastic + ", gain " + gain + ", offset " + offset +
				", noise " + noise);
	}

	/**
	 * The preset of this name.
	 *
	 * @throws IllegalArgumentException if there is none
	 */
	public static Augmentation of(final String name) {
		final Map<String, Augmentation> presets = Map.of("none", NONE, "flips", FLIPS, "upright", UPRIGHT, "mirror", MIRROR, "light", LIGHT, "strong", STRONG);
		if (!presets.containsKey(name)) throw new IllegalArgumentException("augment: expected one of " + String.join(", ", NAMES) + ", got '" + name +
			"'");
		return presets.get(name);
	}
}
