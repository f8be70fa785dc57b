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
 * Arithmetic on arrays: the one interface behind which the fast code stands. Implementations hold no state and are safe for use by
 * several threads; each gives the same bits for the same input, whatever the thread.
 */
public interface Kernels {

	/** Name for reports, as in {@code plain} or {@code vector 512}. */
	String name();

	/** Channels that lie together in memory: 1 for planes, the length of a vector for blocks. */
	default int lanes() {
		return 1;
	}

	/** Whether convolutions do without Winograd's algorithm, which is faster and rounds a little more. */
	default boolean isExact() {
		return false;
	}

	/**
	 * Adds scaled rows to rows, the product that convolutions are made of:
	 * {@code d[m][x] += sum over k < terms of a[m][first + m * step + k] * p[k][x]} for {@code 0 <= m < rows} and {@code 0 <= x < length}.
	 * The terms are added one by one in the order of {@code k}, each with a fused multiply-add, so that all implementations give the same
	 * bits. What lies beyond {@code length} in longer rows of {@code d} may change.
	 *
	 * @param d rows to add to, each an array of its own, of at least {@code length} values
	 * @param rows number of rows of {@code d}
	 * @param a factors; rows may share one array
	 * @param first index of the first factor of row 0
	 * @param step what is added to {@code first} from row to row
	 * @param p rows that are added, each an array of its own, of at least {@code length} values
	 * @param terms number of rows of {@code p}
	 * @param length values in a row
	 */
	void multiplyAdd(float[][] d, int rows, float[][] a, int first, int step, float[][] p, int terms, int length);
}
