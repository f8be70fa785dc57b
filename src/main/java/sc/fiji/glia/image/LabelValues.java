package sc.fiji.glia.image;

import java.util.Locale;

/** What the pixel values of a label image mean. */
public enum LabelValues {

	/** Found out from the values, see {@link LabelScan}. */
	AUTO,
	/** 0 background, 1 ... classes. */
	CLASSES,
	/** 0 background, anything above is a number of an object; all objects are foreground, class 1. */
	OBJECTS,
	/** A mask the other way round: 0 is what to find (class 1), anything above is background. */
	INVERTED;

	/** @throws IllegalArgumentException if {@code text} is none of auto, classes, objects, inverted */
	public static LabelValues parse(final String text) {
		for (final LabelValues v : values()) if (v.toString().equals(text.trim().toLowerCase(Locale.ROOT))) return v;
		throw new IllegalArgumentException("values=" + text + ": expected auto, classes, objects or inverted.");
	}

	/** The name as in macros: {@code auto}, {@code classes}, {@code objects}, {@code inverted}. */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}
}
