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
package sc.fiji.glia.engine.kernel;

/**
 * {@code a * b + c} with one rounding where the processor has an instruction for that. Where it has not, {@link Math#fma} computes in
 * {@link java.math.BigDecimal}, some thousand times slower; there it is a product and a sum with a rounding each, so the last bits differ from
 * those of other machines.
 */
public final class Fused {

	/** Whether the processor has the instruction: it takes some nanoseconds, even in the interpreter, instead of about a microsecond. */
	public static final boolean IN_HARDWARE = nanoseconds() < 250;

	private static final int CALLS = 50;

	private Fused() {}

	/** {@code a * b + c}. */
	public static float multiplyAdd(final float a, final float b, final float c) {
		return IN_HARDWARE ? Math.fma(a, b, c) : a * b + c;
	}

	/** Least time of one call in several tries. */
	private static double nanoseconds() {
		double least = Double.MAX_VALUE;
		float sum = 1;
		for (int t = 0; t < 20; t++) {
			final long start = System.nanoTime();
			for (int i = 0; i < CALLS; i++) sum = Math.fma(sum, 0.7f, 0.3f);
			least = Math.min(least, (double) (System.nanoTime() - start) / CALLS);
		}
		return sum > 0 ? least : Double.MAX_VALUE;
	}
}
