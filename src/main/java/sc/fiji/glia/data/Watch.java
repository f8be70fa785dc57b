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

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Hears how far a long piece of work is, and may end it: what it throws goes to whoever began the work. Called by several threads. */
@FunctionalInterface
public interface Watch {

	/** Hears nothing and never ends anything. */
	Watch NONE = (what, item, of) -> {};

	/**
	 * Called before each item of the work.
	 *
	 * @param what what is being done with an item, as in {@code reading image}
	 * @param item number of the item, from 1
	 * @param of number of all items
	 * @throws java.util.concurrent.CancellationException if the work is to end
	 */
	void at(String what, int item, int of);

	/** This watch at an item, for work that asks whether it is cancelled: never true, but what this throws is thrown. */
	default BooleanSupplier asked(final String what, final int item, final int of) {
		return () -> {
			at(what, item, of);
			return false;
		};
	}

	/**
	 * The same samples; this watch is called before each reading of one of them.
	 *
	 * @param what what the samples are read for
	 * @param of how many readings there will be
	 */
	default Samples over(final Samples samples, final String what, final int of) {
		final AtomicInteger read = new AtomicInteger();
		return new SamplesView(samples) {

			@Override
			public Sample get(final int i) {
				at(what, Math.min(of, read.incrementAndGet()), of);
				return samples.get(i);
			}
		};
	}
}
