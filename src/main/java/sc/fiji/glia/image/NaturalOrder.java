package sc.fiji.glia.image;

import java.util.Comparator;

/** Names as people sort them: numbers in them by their value (1, 2, 10), letters without case. */
final class NaturalOrder implements Comparator<String> {

	static final NaturalOrder INSTANCE = new NaturalOrder();

	@Override
	public int compare(final String a, final String b) {
		int i = 0, j = 0;
		while (i < a.length() && j < b.length()) {
			if (isDigit(a.charAt(i)) && isDigit(b.charAt(j))) {
				final int endA = end(a, i), endB = end(b, j);
				final String m = a.substring(i, endA).replaceFirst("^0+(?=.)", ""), n = b.substring(j, endB).replaceFirst("^0+(?=.)", "");
				final int c = m.length() != n.length() ? Integer.compare(m.length(), n.length()) : m.compareTo(n);
				if (c != 0) return c;
				i = endA;
				j = endB;
			}
			else {
				final int c = Character.compare(Character.toLowerCase(a.charAt(i)), Character.toLowerCase(b.charAt(j)));
				if (c != 0) return c;
				i++;
				j++;
			}
		}
		final int c = Integer.compare(a.length() - i, b.length() - j);
		return c != 0 ? c : a.compareTo(b);
	}

	private static boolean isDigit(final char c) {
		return c >= '0' && c <= '9';
	}

	private static int end(final String s, final int from) {
		int i = from;
		while (i < s.length() && isDigit(s.charAt(i))) i++;
		return i;
	}
}
