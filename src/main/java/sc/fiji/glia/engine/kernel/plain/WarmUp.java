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
package sc.fiji.glia.engine.kernel.plain;

import java.util.function.IntConsumer;

/**
 * Makes C2 compile loops for long rows. It unrolls a loop only as far as the rows that it has seen so far are long: a loop that was compiled while rows
 * of 16 values were added takes twice the time for rows of 500 ever after. And a loop that had not run yet when its method was compiled makes
 * the method be compiled again, with whatever rows come then.
 * <p>
 * NB: the method with the loops must be of another class than the one whose static initializer calls this: what is compiled during the initialization
 * of its class is thrown away when that ends.
 */
final class WarmUp {

	/** Values in a long row. */
	static final int LENGTH = 1036;
	/** The compiler makes several versions one after the other, and the last one is to have seen long rows only. */
	private static final long NANOSECONDS = 100_000_000;

	private WarmUp() {}

	/** Calls loops 0 to {@code count - 1} in turn. */
	static void run(final int count, final IntConsumer loops) {
		final long start = System.nanoTime();
		for (int i = 0; System.nanoTime() - start < NANOSECONDS; i++) loops.accept(i % count);
	}
}
