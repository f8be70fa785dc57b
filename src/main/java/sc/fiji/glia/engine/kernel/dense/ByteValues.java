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

import sc.fiji.glia.engine.kernel.Fused;

/**
 * What the numbers 0 to 255 stand for, in images that are kept as bytes: {@code (number - offset) * scale} in double precision, rounded to a float.
 * Where the first of two roundings does not matter, that is {@code fma(number, factor, number * rest)} too, which needs no table.
 */
public final class ByteValues {

	private final float[] table = new float[256];
	private final float factor, rest;
	private final boolean isProduct;

	/**
	 * @param offset what is subtracted
	 * @param scale what is then multiplied with
	 * @param keepsZero whether 0 stands for 0 all the same
	 */
	public ByteValues(final double offset, final double scale, final boolean keepsZero) {
		for (int i = keepsZero ? 1 : 0; i < table.length; i++) table[i] = (float) ((i - offset) * scale);
		factor = (float) scale;
		rest = (float) (scale - factor);
		boolean equal = true;
		for (int i = 0; i < table.length; i++) equal &= Float.floatToRawIntBits(Fused.multiplyAdd(i, factor, i * rest)) == Float.floatToRawIntBits(table[i]);
		isProduct = equal;
	}

	/** The value of each number. */
	public float[] table() {
		return table;
	}

	/** Whether every value is {@code fma(number, factor, number * rest)}, bit for bit. */
	public boolean isProduct() {
		return isProduct;
	}

	/** The factor as a float. */
	public float factor() {
		return factor;
	}

	/** What the factor lacks. */
	public float rest() {
		return rest;
	}
}
