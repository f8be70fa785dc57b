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

import java.util.SplittableRandom;

/**
 * In which order samples are drawn: a fresh permutation for each epoch, and for each draw random numbers of its own, all determined by the seed and the
 * number of the draw alone. Safe for use by several threads.
 */
final class EpochOrder {

	private final int count;
	private final long seed;
	private volatile Epoch epoch = new Epoch(-1, new int[0]);

	private record Epoch(long number, int[] order) {}

	/** @param count number of samples */
	EpochOrder(final int count, final long seed) {
		this.count = count;
		this.seed = seed;
	}

	/** The sample of a draw, from 0; an epoch is as many draws as there are samples. */
	int sample(final long draw) {
		return order(draw / count)[(int) (draw % count)];
	}

	/** The random numbers of a draw. */
	SplittableRandom random(final long draw) {
		return new SplittableRandom(mix(seed, 2 * draw));
	}

	/** The order of an epoch; kept until another is asked for. */
	private int[] order(final long number) {
		final Epoch now = epoch;
		if (now.number == number) return now.order;
		final int[] order = new int[count];
		final SplittableRandom random = new SplittableRandom(mix(seed, 2 * number + 1));
		for (int i = 0; i < order.length; i++) {
			final int j = random.nextInt(i + 1);
			order[i] = order[j];
			order[j] = i;
		}
		epoch = new Epoch(number, order);
		return order;
	}

	/** A seed that differs in all bits for neighbouring numbers (the finalizer of MurmurHash3). */
	private static long mix(final long seed, final long number) {
		long z = seed * 0xD1342543DE82EF95L + number * 0x9E3779B97F4A7C15L;
		z = (z ^ z >>> 33) * 0xFF51AFD7ED558CCDL;
		z = (z ^ z >>> 33) * 0xC4CEB9FE1A85EC53L;
		return z ^ z >>> 33;
	}
}
