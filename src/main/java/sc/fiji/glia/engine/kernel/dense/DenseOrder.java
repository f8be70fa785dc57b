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
 * The order in which the weights of a dense layer are kept while it runs. What users save is {@code [unit][input]}; kernels read tiles,
 * {@code [tile][input][unit of the tile]}, so that a vector holds neighbouring units and memory is read from one end to the other. Units are
 * filled up with zeros to a multiple of {@link #VECTOR}. With tiles of a single unit the order is {@code [unit][input]}, and nothing is filled up,
 * for kernels whose vectors hold neighbouring inputs. While a network is trained, the only copy of the weights and the state of the
 * optimizer are in this order; {@link #unpack} is for those who look at the weights in between.
 *
 * @param units outputs of the layer
 * @param inputs inputs of the layer
 * @param tile units of a tile, 1 or a multiple of {@link #VECTOR}; the last tile may have fewer
 */
public record DenseOrder(int units, int inputs, int tile) {

	/** What the number of units is filled up to a multiple of: the floats of the longest vector. */
	public static final int VECTOR = 16;
	/** Index of the first weight: a line of the cache starts there in arrays that start at one, the length before the values being 16 bytes. */
	public static final int FIRST = 12;

	/** @throws IllegalArgumentException if there are no units or inputs, or the tile is neither 1 nor a multiple of {@link #VECTOR} */
	public DenseOrder {
		if (units < 1 || inputs < 1 || tile < 1 || tile > 1 && tile % VECTOR != 0) throw new IllegalArgumentException(
			"DenseOrder: expected at least 1 unit and input and a tile of 1 or a multiple of " + VECTOR + ", got " + units + ", " + inputs + ", " + tile);
	}

	/** Units with those that are added to fill the last vector. */
	public int paddedUnits() {
		return tile == 1 ? units : padded(units);
	}

	/** The least multiple of {@link #VECTOR} that is at least {@code n}. */
	public static int padded(final int n) {
		return (n + VECTOR - 1) / VECTOR * VECTOR;
	}

	/** Length of an array in this order; what lies before {@link #FIRST} is not used. */
	public int length() {
		return Math.addExact(FIRST, Math.multiplyExact(paddedUnits(), inputs));
	}

	/** Number of tiles. */
	public int tiles() {
		return (paddedUnits() + tile - 1) / tile;
	}

	/** Index of the first weight of a tile. */
	public int start(final int t) {
		return FIRST + t * tile * inputs;
	}

	/** Units of a tile, with those that are filled up: the weights of one input. */
	public int width(final int t) {
		return Math.min(tile, paddedUnits() - t * tile);
	}

	/** Where the weight of a unit and an input is. */
	public int index(final int unit, final int input) {
		final int t = unit / tile;
		return start(t) + input * width(t) + unit - t * tile;
	}

	/** From {@code [unit][input]} to this order; filled-up units become 0. */
	public void pack(final float[] weight, final float[] packed) {
		for (int t = 0; t < tiles(); t++) for (int i = 0, width = width(t), at = start(t); i < inputs; i++, at += width) for (int u = 0; u < width; u++) {
			final int unit = t * tile + u;
			packed[at + u] = unit < units ? weight[unit * inputs + i] : 0;
		}
	}

	/** From this order to {@code [unit][input]}. */
	public void unpack(final float[] packed, final float[] weight) {
		for (int t = 0; t < tiles(); t++) for (int u = t * tile; u < Math.min(units, (t + 1) * tile); u++) for (int i = 0, at = index(u, 0), width = width(
			t); i < inputs; i++, at += width) weight[u * inputs + i] = packed[at];
	}
}
