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

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.process.ImageProcessor;

import sc.fiji.glia.image.Phantoms;
import sc.fiji.glia.image.Phantoms.Phantom;

/**
 * Trains a network to tell slices with a lesion from those without on phantoms, and prints how much more an explanation of the stacks of test-images
 * counts inside lesions than outside: {@code [phantoms] [size] [epochs] [folder]
 * [methods]}. Pictures go to the folder.
 */
final class LesionTrial {

	/** Slices with fewer pixels of lesion, but some, are left out. */
	private static final int CLEAR = 40;

	private LesionTrial() {}

	public static void main(final String... args) throws Exception {
		final int phantoms = args.length > 0 ? Integer.parseInt(args[0]) : 40;
		final String size = args.length > 1 ? args[1] : "0", epochs = args.length > 2 ? args[2] : "0";
		final Path folder = args.length > 3 ? Path.of(args[3]) : Files.createTempDirectory("lesion"), model = folder.resolve("lesion-" + size + ".zip");
		if (!Files.exists(model)) {
			final long start = System.nanoTime();
			System.out.println(train(model, slices(phantoms), "size=" + size + " epochs=" + epochs).summary());
			System.out.printf("trained in %.1f s%n", (System.nanoTime() - start) * 1e-9);
		}
		final List<String> methods = args.length > 4 ? List.of(args[4].split(",")) : List.of("grad-cam", "integrated-gradients");
		for (final String method : methods) for (final String name : new String[] { "phantom-a", "phantom-b" }) {
			final Phantom p = Phantoms.make(name);
			final long start = System.nanoTime();
			final ImagePlus map = ExplainClassification.run(values(model, "target=lesion output=stack method=" + method), p.image(), x -> {}, () -> false).output()
				.orElseThrow();
			System.out.printf("%s %s, %.1f s%n", name, method, (System.nanoTime() - start) * 1e-9);
			ratios(p, map);
			final var r = ExplainClassification.run(values(model, "target=lesion method=" + method), p.image(), x -> {}, () -> false);
			for (int i = 0; i < r.table().size(); i++) System.out.println("  " + r.table().getRowAsString(i));
			save(p.image(), folder.resolve(name + "-" + method + "-" + size + ".png"));
		}
	}

	/** Slices of phantoms in one stack; labels of slices are classes. */
	static ImagePlus slices(final int phantoms) {
		final ImageStack stack = new ImageStack(Phantoms.SIZE, Phantoms.SIZE);
		for (int n = 0; n < phantoms; n++) {
			final Phantom p = Phantoms.any(n);
			for (int z = 1; z <= p.image().getStackSize(); z++) {
				final int pixels = lesion(p, z);
				stack.addSlice(pixels == 0 ? "none" : pixels < CLEAR ? "" : "lesion", p.image().getStack().getProcessor(z));
			}
		}
		return new ImagePlus("slices", stack);
	}

	static Trained train(final Path model, final ImagePlus slices, final String options) {
		final Map<String, String> given = new LinkedHashMap<>(Map.of("image", "slices", "groups", "blocks:12", "skip", "true", "model", model.toString()));
		given.putAll(MacroOptions.parse(options));
		return TrainClassification.run(TrainClassification.SETTINGS.parse(given), Optional.of(slices), new Trainings.News(), Engine.preferred(2));
	}

	private static Values values(final Path model, final String options) {
		final Map<String, String> given = new LinkedHashMap<>(Map.of("image", "phantom", "model", model.toString()));
		given.putAll(MacroOptions.parse(options));
		return ExplainClassification.SETTINGS.parse(given);
	}

	/** Pixels of lesion in a slice. */
	static int lesion(final Phantom p, final int slice) {
		int n = 0;
		for (final byte b : (byte[]) p.mask().getStack().getPixels(slice)) if (b != 0) n++;
		return n;
	}

	/** Mean of a map inside and outside of the lesion of a slice. */
	static double[] means(final Phantom p, final ImagePlus map, final int slice) {
		final byte[] mask = (byte[]) p.mask().getStack().getPixels(slice);
		final float[] v = (float[]) map.getStack().getPixels(slice);
		double in = 0, out = 0;
		for (int i = 0; i < mask.length; i++) if (mask[i] != 0) in += v[i];
		else out += v[i];
		final int n = lesion(p, slice);
		return new double[] { in / n, out / (mask.length - n) };
	}

	private static void ratios(final Phantom p, final ImagePlus map) {
		double in = 0, out = 0;
		final StringBuilder s = new StringBuilder();
		for (int z = 1; z <= map.getStackSize(); z++) {
			if (lesion(p, z) < CLEAR) continue;
			final double[] m = means(p, map, z);
			in += m[0];
			out += m[1];
			s.append(String.format(Locale.ROOT, " %d:%.3g/%.3g=%.1f", z, m[0], m[1], m[0] / m[1]));
		}
		System.out.printf(Locale.ROOT, "  inside/outside %.2f;%s%n", in / out, s);
	}

	/** All slices side by side, without and with the overlay. */
	private static void save(final ImagePlus image, final Path file) {
		final int n = image.getStackSize(), w = image.getWidth(), h = image.getHeight();
		final ImagePlus sheet = new ImagePlus("sheet", new ij.process.ColorProcessor(4 * w * 2, (n + 3) / 4 * h));
		for (int z = 0; z < n; z++) {
			image.setSlice(z + 1);
			final ImagePlus one = new ImagePlus("one", image.getStack().getProcessor(z + 1).duplicate());
			one.setDisplayRange(0, 255);
			final ImageProcessor plain = one.getProcessor().convertToRGB();
			final ij.gui.Overlay overlay = new ij.gui.Overlay();
			for (final ij.gui.Roi r : image.getOverlay().toArray()) if (r.getPosition() == z + 1) {
				final ij.gui.Roi copy = (ij.gui.Roi) r.clone();
				copy.setPosition(0);
				overlay.add(copy);
			}
			one.setOverlay(overlay);
			sheet.getProcessor().insert(plain, z % 4 * 2 * w, z / 4 * h);
			sheet.getProcessor().insert(one.flatten().getProcessor(), (z % 4 * 2 + 1) * w, z / 4 * h);
		}
		new FileSaver(sheet).saveAsPng(file.toString());
	}
}
