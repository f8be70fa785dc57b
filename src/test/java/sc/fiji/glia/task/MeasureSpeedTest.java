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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.Test;

import ij.measure.ResultsTable;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.task.MeasureSpeed.Typical;

class MeasureSpeedTest {

	private static final Typical SMALL = Typical.of(10, 16, 3);

	@Test
	void tellsOfPlainAndBestKernels() {
		final List<Double> shares = new ArrayList<>();
		final MeasureSpeed.Result result = MeasureSpeed.run(SMALL, 0.4, shares::add, () -> false);
		final ResultsTable table = result.table();
		assertEquals(MeasureSpeed.kernels().size(), table.size());
		for (int i = 0; i < table.size(); i++) {
			final String kernels = MeasureSpeed.kernels().get(i).name();
			assertEquals(kernels, table.getStringValue("Kernels", i));
			final double training = table.getValue("Training (images/s)", i), segmentation = table.getValue("Segmentation (images/s)", i);
			// 20 steps of 8 patches and 2 images to validate in each of 3 epochs
			assertEquals(3 * (160 / training + 2 / segmentation) / 60, table.getValue("Typical training (min)", i), 1e-9);
			assertTrue(table.getValue("Training (GFLOP/s)", i) > 0);
			assertTrue(result.text().stream().anyMatch(l -> l.startsWith(kernels + ": trains at ")), result.text()::toString);
		}
		assertTrue(result.text().get(result.text().size() - 1).endsWith(KernelProvider.reason()));
		for (int i = 1; i < shares.size(); i++) assertTrue(shares.get(i) >= shares.get(i - 1) && shares.get(i) <= 1, shares::toString);
		assertEquals(1, shares.get(shares.size() - 1), 1e-9);
	}

	@Test
	void endsWhenCancelled() {
		final List<Double> shares = new ArrayList<>();
		assertThrows(CancellationException.class, () -> MeasureSpeed.run(SMALL, 60, shares::add, () -> shares.size() == 2));
		assertEquals(2, shares.size());
	}

	@Test
	void typicalTrainingIsTheOneThatIsDocumented() {
		final String text = Typical.standard().toString();
		// the batch, and with it the steps, depend on the memory that there is
		assertTrue(text.startsWith("100 slices of 256 x 256 pixels, 20 of them for validation; 20 epochs of "), text);
	}
}
