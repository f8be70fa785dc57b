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
 * Gives out places in one large array before the array is made. Places start at multiples of 64 bytes if the array's data do so 16 bytes
 * after its beginning on such a multiple, which is where the usual collectors put large arrays.
 */
public final class Arena {

	/** Floats before the first place: an array's header has 16 bytes. */
	private static final int FIRST = 12;
	private static final int ALIGNMENT = 16;
	/** Arrays below this many floats would not be large enough to be put on a page of their own. */
	private static final int LEAST = 1 << 19;

	private long length = FIRST;

	/** The index of {@code floats} values that nobody else is given. */
	public int take(final int floats) {
		final long first = length;
		length += (floats + ALIGNMENT - 1L) / ALIGNMENT * ALIGNMENT;
		if (length > Integer.MAX_VALUE - 64) throw new IllegalArgumentException(
			"Memory: one image needs more than 8 GB. Take smaller patches or a smaller network");
		return (int) first;
	}

	/** Bytes of the array. */
	public long bytes() {
		return 4 * Math.max(LEAST, length);
	}

	/** A new array with all the places, of zeros. */
	public float[] allocate() {
		return new float[(int) Math.max(LEAST, length)];
	}
}
