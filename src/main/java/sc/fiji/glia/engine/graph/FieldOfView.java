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

import java.util.List;

/**
 * What a network asks of image sizes, composed from the {@link Window}s of its layers.
 *
 * @param multiple height and width must be multiples of this, in pixels
 * @param halo pixels around a block of output that its value depends on; a multiple of {@link #multiple()}
 */
public record FieldOfView(int multiple, int halo) {

	/**
	 * Composes the layers of {@code graph}.
	 *
	 * @throws IllegalArgumentException if the network reads the whole image, so that no part of it is enough
	 */
	public static FieldOfView of(final Graph graph) {
		if (graph.readsWholeImage()) {
			final Node n = graph.nodes().stream().filter(k -> k.layer().readsWholeImage()).findFirst().orElseThrow();
			throw new IllegalArgumentException("FieldOfView: " + n.layer().getClass().getSimpleName() + " '" + n.name() +
				"' reads the whole image; give such a network whole images instead of tiles");
		}
		final int[][] scales = scales(graph);
		final int multiple = multiple(scales);
		// A block far from 0, so that no range crosses it; its edges are multiples as those of every tile are
		final int from = multiple * 1024, to = from + multiple;
		final List<Node> nodes = graph.nodes();
		final int[] first = new int[nodes.size()], last = new int[nodes.size()];
		java.util.Arrays.fill(first, Integer.MAX_VALUE);
		java.util.Arrays.fill(last, Integer.MIN_VALUE);
		final int[] scale = scales[nodes.size() - 1];
		first[nodes.size() - 1] = from / scale[1] * scale[0];
		last[nodes.size() - 1] = to / scale[1] * scale[0] - 1;
		for (int i = nodes.size() - 1; i > 0; i--) {
			if (first[i] > last[i]) continue; // does not reach the output
			final Window w = nodes.get(i).layer().window();
			for (final int in : nodes.get(i).inputs()) {
				first[in] = Math.min(first[in], w.first(first[i]));
				last[in] = Math.max(last[in], w.last(last[i]));
			}
		}
		final int halo = Math.max(0, Math.max(from - first[0], last[0] - (to - 1)));
		return new FieldOfView(multiple, ceil(halo, multiple));
	}

	/** What height and width must be multiples of, in pixels, also for networks that read the whole image. */
	public static int multiple(final Graph graph) {
		return multiple(scales(graph));
	}

	private static int multiple(final int[][] scales) {
		int multiple = 1;
		for (final int[] scale : scales) multiple = multiple / gcd(multiple, scale[1]) * scale[1];
		return multiple;
	}

	/** The smallest multiple of {@link #multiple()} that is at least {@code size}. */
	public int padded(final int size) {
		return ceil(Math.max(1, size), multiple);
	}

	private static int ceil(final int size, final int multiple) {
		return (size + multiple - 1) / multiple * multiple;
	}

	/** Size of every node's output over that of the input, as numerator and denominator without common divisor; 1 for those of one pixel. */
	private static int[][] scales(final Graph graph) {
		final List<Node> nodes = graph.nodes();
		final int[][] scales = new int[nodes.size()][];
		final boolean[] whole = graph.whole();
		scales[0] = new int[] { 1, 1 };
		for (int i = 1; i < scales.length; i++) {
			scales[i] = scales[0];
			if (whole[i]) continue;
			final Window w = nodes.get(i).layer().window();
			final int[] input = scales[nodes.get(i).inputs().get(0)];
			final int up = input[0] * w.up(), down = input[1] * w.down(), common = gcd(up, down);
			scales[i] = new int[] { up / common, down / common };
		}
		return scales;
	}

	private static int gcd(final int a, final int b) {
		return b == 0 ? a : gcd(b, a % b);
	}
}
