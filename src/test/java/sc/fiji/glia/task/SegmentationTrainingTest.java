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
package sc.fiji.glia.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.compute.NetworkTraining;
import sc.fiji.glia.data.Normalization;
import sc.fiji.glia.data.Sample;
import sc.fiji.glia.data.Samples;
import sc.fiji.glia.data.Watch;
import sc.fiji.glia.engine.train.Trainer;

class SegmentationTrainingTest {

	@Test
	void anExampleThatCannotBeReadEndsTheWorker() {
		final boolean[] closed = new boolean[1];
		final NetworkTraining network = new NetworkTraining() {

			@Override
			public Trainer.Result run(final Listener listener) {
				throw new UnsupportedOperationException();
			}

			@Override
			public float[][][] predict(final int[] indices, final BooleanSupplier cancelled) {
				throw new UnsupportedOperationException();
			}

			@Override
			public void close() {
				closed[0] = true;
			}
		};
		final Samples gone = new Samples() {

			@Override
			public int size() {
				return 1;
			}

			@Override
			public String name(final int i) {
				return "a.tif";
			}

			@Override
			public String group(final int i) {
				return "a";
			}

			@Override
			public Sample get(final int i) {
				throw new UncheckedIOException(new IOException("a.tif is gone"));
			}
		};
		final Normalization n = new Normalization(Normalization.Method.ZSCORE, Normalization.Scope.DATASET, false, List.of(0.0), List.of(1.0));
		assertEquals("a.tif is gone", assertThrows(UncheckedIOException.class, () -> new SegmentationTraining(gone, n, network, 0, Watch.NONE)).getCause()
			.getMessage());
		assertTrue(closed[0]);
	}
}
