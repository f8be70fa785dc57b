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
package sc.fiji.glia.task.report;

import java.util.Arrays;

/** Values of any range as gray values. */
final class Gray {

	private Gray() {}

	/** Gray values 0 to 255, from the 0.5 to the 99.5 percentile of the finite values; NaN is 0. */
	static int[] of(final float[] values) {
		final float[] sorted = finite(values);
		Arrays.sort(sorted);
		final int n = sorted.length;
		final float low = n == 0 ? 0 : sorted[(int) (0.005 * (n - 1))], high = n == 0 ? 1 : sorted[(int) Math.ceil(0.995 * (n - 1))];
		final float range = high > low ? high - low : 1;
		final int[] gray = new int[values.length];
		for (int i = 0; i < gray.length; i++) gray[i] = Math.round(255 * Math.max(0, Math.min(1, (values[i] - low) / range)));
		return gray;
	}

	private static float[] finite(final float[] values) {
		final float[] kept = new float[values.length];
		int n = 0;
		for (final float v : values) if (Float.isFinite(v)) kept[n++] = v;
		return Arrays.copyOf(kept, n);
	}
}
