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
package sc.fiji.glia.engine.graph;

/**
 * How much input an output pixel of a layer needs, along x and y alike.
 * <p>
 * Output pixel {@code o} of a layer with {@code up == 1} reads the input pixels
 * {@code o * down - before ... o * down - before + size - 1}; a layer with {@code up > 1} reads the input pixel
 * {@code floor(o / up)}.
 *
 * @param size input pixels read by one output pixel
 * @param before how many of them lie before {@code o * down}
 * @param down sub-sampling factor
 * @param up up-sampling factor
 */
public record Window(int size, int before, int down, int up) {

	/** One output pixel needs the input pixel at the same place. */
	public static final Window POINT = new Window(1, 0, 1, 1);

	/** The first input pixel that output pixel {@code o} reads. */
	public int first(final int o) {
		return up > 1 ? Math.floorDiv(o, up) : o * down - before;
	}

	/** The last input pixel that output pixel {@code o} reads. */
	public int last(final int o) {
		return first(o) + size - 1;
	}
}
