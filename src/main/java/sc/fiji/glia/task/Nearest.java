package sc.fiji.glia.task;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds what a misspelt word may have meant. */
final class Nearest {

	private Nearest() {}

	/** {@code "; did you mean 'x'?"} with the nearest of {@code words}, or "" if none is near. */
	static String hint(final String word, final Collection<String> words) {
		final String w = word.toLowerCase(Locale.ROOT);
		return words.stream() //
			.filter(x -> distance(w, x.toLowerCase(Locale.ROOT)) <= Math.max(2, w.length() / 3)) //
			.min(Comparator.comparingInt(x -> distance(w, x.toLowerCase(Locale.ROOT)))) //
			.map(x -> "; did you mean '" + x + "'?").orElse("");
	}

	/** Levenshtein distance: the number of letters to insert, delete or replace to make {@code b} of {@code a}. */
	static int distance(final String a, final String b) {
		int[] above = new int[b.length() + 1];
		for (int j = 0; j <= b.length(); j++) above[j] = j;
		for (int i = 1; i <= a.length(); i++) {
			final int[] row = new int[b.length() + 1];
			row[0] = i;
			for (int j = 1; j <= b.length(); j++) {
				final int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
				row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
			}
			above = row;
		}
		return above[b.length()];
	}
}
