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
package sc.fiji.glia.engine.kernel.dense;

/**
 * The numbers behind {@link ProbabilityKernels}, the same for all implementations.
 * <p>
 * {@code exp(x) = 2^n * exp(r)} with {@code n} the nearest whole number to {@code x / log(2)} and {@code r} the rest, {@code |r| < 0.347}, whose
 * exponential is its Taylor polynomial of degree 7 (the term left out is below 5.3e-9). {@code log(1 + e)} and the logarithm of
 * {@code 2^n * m} are {@code 2 * artanh(s)}, {@code s = (m - 1) / (m + 1)}, by its series.
 */
public final class ExpConstants {

	/** Below this, the exponential is 0. */
	public static final float LEAST = -104.5f;
	/** Above this, it is infinite. */
	public static final float GREATEST = 89f;
	/** 1 / log(2). */
	public static final float LOG2_E = 1.4426950408889634f;
	/** 1.5 * 2^23: added to a small number, it leaves the nearest whole number in the last bits. */
	public static final float ROUND = 12582912f;
	/** Bits of {@link #ROUND}. */
	public static final int ROUND_BITS = 0x4B400000;
	/** The first bits of log(2): multiples of it by up to 8 bits are exact. */
	public static final float LOG2_HIGH = 0.693359375f;
	/** The rest of log(2). */
	public static final float LOG2_LOW = -2.12194440e-4f;
	/** Coefficients of the exponential: 1 / k!. */
	public static final float E7 = 1 / 5040f, E6 = 1 / 720f, E5 = 1 / 120f, E4 = 1 / 24f, E3 = 1 / 6f, E2 = 0.5f;
	/** Coefficients of artanh: 1 / (2 k + 1). */
	public static final float A1 = 1 / 3f, A2 = 1 / 5f, A3 = 1 / 7f, A4 = 1 / 9f, A5 = 1 / 11f, A6 = 1 / 13f, A7 = 1 / 15f;
	/** Bits of the square root of 1/2. */
	public static final int ROOT_BITS = 0x3F3504F3;

	private ExpConstants() {}
}
