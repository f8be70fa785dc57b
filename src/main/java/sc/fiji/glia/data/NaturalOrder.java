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
