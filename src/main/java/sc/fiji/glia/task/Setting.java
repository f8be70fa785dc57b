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

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/**
 * One setting of a task: what the macro key is called, what it takes and what it means. Both fronts (SciJava parameters and ImageJ dialogs) and
 * docs/MACROS.md follow it. Settings are made by the factories, one for each kind, and refined by {@link #required}, {@link #unless} and
 * {@link #automatic}.
 *
 * @param key macro key: one lower-case word
 * @param kind what values it takes
 * @param standard value if none is given, as written in a macro; never null
 * @param choices the permitted values of a CHOICE; the words besides titles that a TITLE takes; otherwise empty
 * @param min smallest number; NaN for kinds without numbers
 * @param max largest number; NaN for kinds without numbers
 * @param isAutomatic true if 0, even outside of the range, stands for a value derived from the data
 * @param isRequired true if an empty value is an error
 * @param instead key that makes a required value dispensable if it is given; "" if there is none
 * @param label what a dialog shows; its first word need not be the key
 * @param help one sentence
 */
public record Setting(String key, Kind kind, String standard, List<String> choices, double min, double max, boolean isAutomatic,
	boolean isRequired, String instead, String label, String help)
{

	/** What values a setting takes. */
	public enum Kind {
		/** The title of the open image to work on; the front fills in the active image. */
		IMAGE,
		/** The title of another open image, or one of the choices. */
		TITLE,
		/** Any text. */
		TEXT,
		/** One of the choices. */
		CHOICE,
		/** A whole number. */
		WHOLE,
		/** A decimal number. */
		DECIMAL,
		/** {@code true} or {@code false}; in a macro the bare key means true. */
		SWITCH,
		/** Path of a file to read, or "". */
		FILE_OPEN,
		/** Path of a file to write, or "". */
		FILE_SAVE,
		/** Path of a folder, or "". */
		FOLDER;

		/** True if values are paths. */
		public boolean isPath() {
			return this == FILE_OPEN || this == FILE_SAVE || this == FOLDER;
		}

		/** True if values are numbers. */
		public boolean isNumber() {
			return this == WHOLE || this == DECIMAL;
		}
	}

	/** @throws IllegalArgumentException if the key is not one lower-case word or the standard value is none of the choices */
	public Setting {
		choices = List.copyOf(choices);
		if (!key.matches("[a-z]+")) throw new IllegalArgumentException("Setting '" + key + "': expected one lower-case word");
		if (kind == Kind.CHOICE && !choices.contains(standard)) throw new IllegalArgumentException("Setting '" + key + "': standard value '" + standard +
			"' is none of " + choices);
	}

	private static Setting of(final String key, final Kind kind, final String standard, final List<String> choices, final double min,
		final double max, final String label, final String help)
	{
		return new Setting(key, kind, standard, choices, min, max, false, false, "", label, help);
	}

	private static Setting of(final String key, final Kind kind, final String standard, final String label, final String help) {
		return of(key, kind, standard, List.of(), Double.NaN, Double.NaN, label, help);
	}

	/** The image to work on; required. */
	public static Setting image(final String key, final String label, final String help) {
		return of(key, Kind.IMAGE, "", label, help).required();
	}

	/** Another open image, or one of {@code words}. */
	public static Setting title(final String key, final String standard, final List<String> words, final String label, final String help) {
		return of(key, Kind.TITLE, standard, words, Double.NaN, Double.NaN, label, help);
	}

	/** Any text. */
	public static Setting text(final String key, final String standard, final String label, final String help) {
		return of(key, Kind.TEXT, standard, label, help);
	}

	/** One of {@code choices}; the first is the standard. */
	public static Setting choice(final String key, final List<String> choices, final String label, final String help) {
		return of(key, Kind.CHOICE, choices.get(0), choices, Double.NaN, Double.NaN, label, help);
	}

	/** A whole number from {@code min} to {@code max}. */
	public static Setting whole(final String key, final int standard, final int min, final int max, final String label, final String help) {
		return of(key, Kind.WHOLE, Integer.toString(standard), List.of(), min, max, label, help);
	}

	/** A decimal number from {@code min} to {@code max}. */
	public static Setting decimal(final String key, final double standard, final double min, final double max, final String label,
		final String help)
	{
		return of(key, Kind.DECIMAL, number(standard), List.of(), min, max, label, help);
	}

	/** On or off; off is the standard, since a macro can only switch on with a bare word. */
	public static Setting onOff(final String key, final String label, final String help) {
		return of(key, Kind.SWITCH, "false", label, help);
	}

	/** A path; {@code kind} is one of FILE_OPEN, FILE_SAVE and FOLDER. Not required. */
	public static Setting path(final String key, final Kind kind, final String label, final String help) {
		return of(key, kind, "", label, help);
	}

	/** The same setting, where an empty value is an error. */
	public Setting required() {
		return new Setting(key, kind, standard, choices, min, max, isAutomatic, true, instead, label, help);
	}

	/** The same setting, required unless {@code otherKey} has a value. */
	public Setting unless(final String otherKey) {
		return new Setting(key, kind, standard, choices, min, max, isAutomatic, true, otherKey, label, help);
	}

	/** The same number, where 0 means that the value is derived from the data; 0 becomes the standard. */
	public Setting automatic() {
		return new Setting(key, kind, "0", choices, min, max, true, isRequired, instead, label, help);
	}

	/** The label without what it says of units or of 0, as sentences name the setting. */
	public String name() {
		return label.replaceFirst(" \\(.*\\)$", "");
	}

	/**
	 * The value as it is kept: checked, trimmed, numbers and switches in one spelling.
	 *
	 * @throws IllegalArgumentException if the setting does not take the value; the message says what it takes
	 */
	public String check(final String value) {
		final String v = value.trim();
		return switch (kind) {
			case CHOICE -> checkChoice(v);
			case SWITCH -> checkSwitch(v);
			case WHOLE, DECIMAL -> checkNumber(v);
			default -> v.isEmpty() && !choices.isEmpty() ? standard : v;
		};
	}

	private String checkChoice(final String value) {
		for (final String c : choices) if (c.equalsIgnoreCase(value)) return c;
		throw new IllegalArgumentException(key + ": expected one of " + String.join(", ", choices) + ", got '" + value + "'" + Nearest.hint(value,
			choices));
	}

	private String checkSwitch(final String value) {
		return switch (value.toLowerCase(Locale.ROOT)) {
			case "true", "1", "yes", "on" -> "true";
			case "false", "0", "no", "off" -> "false";
			default -> throw new IllegalArgumentException(key + ": expected true or false, got '" + value + "'");
		};
	}

	private String checkNumber(final String value) {
		final double number;
		try {
			number = Double.parseDouble(value);
		}
		catch (final NumberFormatException e) {
			throw new IllegalArgumentException(expected(value), e);
		}
		final boolean isInRange = number >= min && number <= max || isAutomatic && number == 0;
		final boolean isOfKind = kind == Kind.DECIMAL || number == Math.rint(number);
		// NB: Java reads "1f" and "0x1p3" as numbers, a user hardly means them
		if (!isInRange || !isOfKind || !value.matches("[-+.0-9eE]+")) throw new IllegalArgumentException(expected(value));
		return number(number);
	}

	private String expected(final String value) {
		return key + ": expected a " + (kind == Kind.WHOLE ? "whole " : "") + "number from " + number(min) + " to " + number(max) + (isAutomatic
			? " (or 0: automatic)" : "") + ", got '" + value + "'";
	}

	/** A number in its shortest spelling: no ".0", no exponent where it can be helped. */
	private static String number(final double value) {
		return value == 0 ? "0" : new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
	}
}
