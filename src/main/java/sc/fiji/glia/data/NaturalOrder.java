package sc.fiji.glia.data;

import java.util.Comparator;

/** Orders names as people do: runs of digits by their number, so that {@code a2 < a10}; the rest by character. */
public enum NaturalOrder implements Comparator<String> {
	/** The order. */
	INSTANCE;

	@Override
	public int compare(final String a, final String b) {
		int i = 0, j = 0;
		while (i < a.length() && j < b.length()) {
			if (isDigit(a.charAt(i)) && isDigit(b.charAt(j))) {
				final int p = end(a, i), q = end(b, j);
				final int order = compareDigits(a.substring(i, p), b.substring(j, q));
				if (order != 0) return order;
				i = p;
				j = q;
			}
			else {
				final int order = Character.compare(a.charAt(i++), b.charAt(j++));
				if (order != 0) return order;
			}
		}
		final int rest = Integer.compare(a.length() - i, b.length() - j);
		return rest != 0 ? rest : a.compareTo(b);
	}

	private static boolean isDigit(final char c) {
		return c >= '0' && c <= '9';
	}

	private static int end(final String s, final int start) {
		int e = start;
		while (e < s.length() && isDigit(s.charAt(e))) e++;
		return e;
	}

	private static int compareDigits(final String a, final String b) {
		final String p = stripZeros(a), q = stripZeros(b);
		return p.length() != q.length() ? Integer.compare(p.length(), q.length()) : p.compareTo(q);
	}

	private static String stripZeros(final String digits) {
		int i = 0;
		while (i < digits.length() - 1 && digits.charAt(i) == '0') i++;
		return digits.substring(i);
	}
}
