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

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

import sc.fiji.glia.data.Sample;

/**
 * Looks at label planes and finds out what their values mean, then translates planes into classes.
 * <p>
 * {@code auto} means: at most two different values are a mask (0 is background; if there is no 0, the lower value is). Values 0, 1 ... k without
 * a gap, k at most {@value #MAX_AUTO_CLASSES}, are classes if a value makes up several separate regions of a plane, or if on average each
 * value covers at least one percent of the planes it occurs in. Everything else is numbered objects.
 */
final class LabelScan {

	static final int MAX_AUTO_CLASSES = 8;
	private static final int MAX_CLASSES = (Sample.IGNORE & 0xff) - 1;
	/** More different values than this are not counted: they are objects. */
	private static final int MAX_VALUES = 1000;

	private final LabelValues rule;
	private final TreeSet<Float> values = new TreeSet<>();
	/** Value -> sum over planes of its share of the plane, and number of planes. */
	private final TreeMap<Float, double[]> shares = new TreeMap<>();
	private boolean separateRegions;
	private boolean foreground;

	LabelScan(final LabelValues rule) {
		this.rule = rule;
	}

	/** True as soon as any plane had a value other than 0. */
	boolean hasForeground() {
		return foreground;
	}

	void add(final float[] plane, final int width, final int height) {
		if (plane.length == 0) return;
		final TreeMap<Float, Integer> counts = new TreeMap<>();
		float last = Float.NaN;
		int run = 0;
		for (final float v : plane) {
			if (v == last) run++;
			else {
				if (run > 0 && counts.size() <= MAX_VALUES) counts.merge(last + 0f, run, Integer::sum);
				last = v;
				run = Float.isNaN(v) ? 0 : 1;
			}
		}
		if (run > 0) counts.merge(last + 0f, run, Integer::sum);
		if (values.size() <= MAX_VALUES) values.addAll(counts.keySet());
		counts.forEach((v, n) -> {
			if (v == 0) return;
			foreground |= v > 0;
			if (shares.size() > MAX_VALUES) return;
			final double[] s = shares.computeIfAbsent(v, k -> new double[2]);
			s[0] += n / (double) plane.length;
			s[1]++;
		});
		if (rule == LabelValues.AUTO && !separateRegions && contiguous()) {
			for (final float v : counts.keySet()) if (v > 0) {
				final byte[] one = new byte[plane.length];
				for (int i = 0; i < one.length; i++) one[i] = (byte) (plane[i] == v ? 1 : 0);
				separateRegions |= Components.of(one, width, height, 1).removeSmaller(3).count() > 1;
			}
		}
	}

	/** Values 0, 1 ... k, where 2 &lt;= k &lt;= 8; 0 may be missing. */
	private boolean contiguous() {
		if (values.isEmpty() || values.first() < 0 || values.last() > MAX_AUTO_CLASSES) return false;
		final int positive = values.tailSet(0f, false).size();
		if (positive < 2 || positive != (int) (float) values.last()) return false;
		return values.stream().allMatch(v -> v == Math.rint(v));
	}

	/** What was found. {@code name} is the label image or folder, for messages. */
	Translation finish(final String name) {
		if (values.isEmpty()) throw new IllegalArgumentException("Labels '" + name + "' contain no values.");
		if (rule == LabelValues.CLASSES) {
			final float max = values.last();
			checkClasses(name);
			if (max < 1) throw noForeground(name);
			return new Translation((int) max, true, 0, "values are classes 0 to " + (int) max);
		}
		final float background = values.size() == 2 && values.first() > 0 && rule == LabelValues.AUTO ? values.first() : 0;
		if (rule == LabelValues.INVERTED) {
			if (values.first() > 0) throw new IllegalArgumentException("The labels '" + name +
				"' contain no foreground: values=inverted takes 0 for foreground, and no pixel is 0.");
			return new Translation(1, false, 0, true, "a mask the other way round: 0 is foreground");
		}
		if (!foreground) throw noForeground(name);
		if (rule == LabelValues.OBJECTS) return new Translation(1, false, 0, "values are object numbers, any above 0 is foreground");
		if (values.size() <= 2) return new Translation(1, false, background, "a mask: " + (background == 0 ? "any value above 0" : "value " + text(values.last())) +
			" is foreground");
		if (contiguous() && (separateRegions || largeAreas())) {
			final int k = (int) (float) values.last();
			return new Translation(k, true, 0, "values 0 to " + k + " taken as classes (values=objects if they number objects)");
		}
		return new Translation(1, false, 0, "values taken as object numbers, any above 0 is foreground (values=classes if they are classes)");
	}

	private boolean largeAreas() {
		return shares.values().stream().mapToDouble(s -> s[0] / s[1]).average().orElse(0) >= 0.01;
	}

	private void checkClasses(final String name) {
		for (final float v : values) requireClass(v, MAX_CLASSES, name);
	}

	private static void requireClass(final float v, final int max, final String name) {
		if (!(v >= 0 && v <= max) || v != Math.rint(v)) throw new IllegalArgumentException("Labels '" + name + "': expected classes, whole numbers from 0 to " +
			max + ", found the value " + text(v) + ". Use values=objects if the values number objects.");
	}

	private static String text(final float v) {
		return v == Math.rint(v) && Math.abs(v) < 1e9 ? Long.toString((long) v) : Float.toString(v);
	}

	static IllegalArgumentException noForeground(final String name) {
		return new IllegalArgumentException("The labels '" + name + "' contain no foreground: every pixel is 0. " +
			"Paint what the network should find (any value above 0).");
	}

	/**
	 * From label values to classes.
	 *
	 * @param classes number of foreground classes; 1 for masks and objects
	 * @param strict whether a value that is no class is an error; otherwise values are background or foreground
	 * @param background the highest value that is background
	 * @param inverted true if foreground and background are the other way round
	 * @param description what the values mean
	 */
	record Translation(int classes, boolean strict, float background, boolean inverted, String description) {

		Translation(final int classes, final boolean strict, final float background, final String description) {
			this(classes, strict, background, false, description);
		}

		/** @throws IllegalArgumentException if a value is no class, where classes are expected */
		byte[] apply(final float[] plane, final String name) {
			final byte[] labels = new byte[plane.length];
			if (!strict) for (int i = 0; i < labels.length; i++) labels[i] = (byte) (plane[i] > background != inverted ? 1 : 0);
			else for (int i = 0; i < labels.length; i++) {
				requireClass(plane[i], classes, name);
				labels[i] = (byte) plane[i];
			}
			return labels;
		}

		List<String> names() {
			if (classes == 1) return List.of("foreground");
			final List<String> names = new ArrayList<>();
			for (int k = 1; k <= classes; k++) names.add("class " + k);
			return names;
		}
	}
}
