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
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import ij.gui.Roi;

import sc.fiji.glia.data.Sample;

/**
 * The classes of ROIs. A ROI named {@code ignore} counts nothing, one named {@code background} is background, whatever its group. Otherwise the
 * group decides where it is set, else the name: {@code tumor}, {@code tumor#3} and (if there is a {@code tumor}) {@code tumor-1} are of class
 * {@code tumor}; ROIs without a name, or with the name that the ROI Manager makes of a position, are of class {@code foreground}.
 * <p>
 * Classes are numbered without gaps: groups first, in their order, then names in order of appearance. If the groups in use are 1 to n, class k is
 * group k.
 */
final class RoiClasses {

	private static final String FOREGROUND = "foreground";
	private static final int MAX = 254;

	private final Map<Roi, Byte> values = new IdentityHashMap<>();
	private final List<String> names = new ArrayList<>();

	RoiClasses(final List<Roi> rois) {
		final Set<String> plain = new HashSet<>();
		for (final Roi r : rois) plain.add(given(r));
		final TreeSet<Integer> groups = new TreeSet<>();
		for (final Roi r : rois) if (r.getGroup() > 0 && special(r, plain) < 0) groups.add(r.getGroup());
		final Map<Integer, Integer> classOfGroup = new LinkedHashMap<>();
		for (final int g : groups) {
			names.add(groupName(g, rois, plain));
			classOfGroup.put(g, names.size());
		}
		for (final Roi r : rois) {
			final int special = special(r, plain);
			if (special >= 0) values.put(r, (byte) special);
			else if (r.getGroup() > 0) values.put(r, (byte) (int) classOfGroup.get(r.getGroup()));
			else values.put(r, (byte) number(className(r, plain)));
		}
		if (names.size() > MAX) throw new IllegalArgumentException("The ROIs have " + names.size() + " different names, at most " + MAX +
			" classes are possible. Name ROIs class#number (tumor#1, tumor#2), or give ROIs of one class the same group.");
	}

	byte value(final Roi roi) {
		return values.get(roi);
	}

	List<String> names() {
		return List.copyOf(names);
	}

	boolean hasBackground() {
		return values.containsValue((byte) 0);
	}

	private int number(final String name) {
		if (!names.contains(name)) names.add(name);
		return names.indexOf(name) + 1;
	}

	/** 0 for background, 255 for ignore, -1 for a class. */
	private static int special(final Roi roi, final Set<String> plain) {
		return switch (className(roi, plain).toLowerCase(Locale.ROOT)) {
			case "background" -> 0;
			case "ignore" -> Sample.IGNORE & 0xff;
			default -> -1;
		};
	}

	private static String groupName(final int group, final List<Roi> rois, final Set<String> plain) {
		for (final Roi r : rois) if (r.getGroup() == group && given(r).contains("#")) return className(r, plain);
		final String name = Roi.getGroupName(group);
		return name == null || name.isBlank() ? "group " + group : name.trim();
	}

	private static String className(final Roi roi, final Set<String> plain) {
		final String name = given(roi);
		if (name.isEmpty()) return FOREGROUND;
		if (name.indexOf('#') > 0) return name.substring(0, name.indexOf('#')).trim();
		final String base = name.replaceFirst("-\\d+$", "");
		final boolean special = base.equalsIgnoreCase("ignore") || base.equalsIgnoreCase("background");
		return !base.isEmpty() && (plain.contains(base) || special) ? base : name;
	}

	/** The name somebody gave, "" if none did. */
	private static String given(final Roi roi) {
		final String name = roi.getName() == null ? "" : roi.getName().trim();
		return name.matches("\\d{4,}(-\\d{4,}){1,2}(-\\d+)?") ? "" : name;
	}
}
