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
package sc.fiji.glia.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;

import org.junit.jupiter.api.Test;

class ExampleGridTest {

	@Test
	void theGridFollowsTheArea() {
		// squares of 10 with a text of 20 below, no gaps: 6 x 2 cells of 100 x 120
		final ExampleGrid wide = ExampleGrid.of(12, 10, 10, 600, 240, 0, 20, 50, 60);
		assertEquals(new ExampleGrid(6, 2, 100, 10), wide);
		assertEquals(new ExampleGrid(2, 6, 100, 10), ExampleGrid.of(12, 10, 10, 200, 720, 0, 20, 50, 60));
		assertEquals(new ExampleGrid(1, 1, 180, 18), ExampleGrid.of(1, 10, 10, 600, 200, 0, 20, 50, 60));
	}

	@Test
	void ofEqualGridsTheFullestIsTaken() {
		// the height of two rows is what limits: 5 or 6 columns show 10 images equally large
		assertEquals(5, ExampleGrid.of(10, 10, 10, 1000, 140, 0, 20, 120, 60).columns());
	}

	@Test
	void columnsAreWideEnoughForText() {
		assertEquals(2, ExampleGrid.of(6, 10, 20, 100, 300, 0, 20, 50, 60).columns());
		assertEquals(1, ExampleGrid.of(6, 10, 20, 60, 300, 0, 20, 50, 60).columns());
	}

	@Test
	void cellsOfSmallImagesAreWideEnoughForText() {
		assertEquals(60, ExampleGrid.of(2, 10, 10, 600, 40, 0, 20, 50, 60).cell());
	}

	@Test
	void allFitsIntoTheArea() {
		final Random random = new Random(1);
		for (int i = 0; i < 2000; i++) {
			final int count = 1 + random.nextInt(12), w = 1 + random.nextInt(300), h = 1 + random.nextInt(300);
			final double width = 50 + random.nextInt(900), height = 50 + random.nextInt(900), gap = random.nextInt(10), text = random.nextInt(40);
			final ExampleGrid grid = ExampleGrid.of(count, w, h, width, height, gap, text, 60, 110);
			if (grid.scale() <= 0) continue;
			assertTrue(grid.columns() * grid.rows() >= count && grid.columns() * (grid.rows() - 1) < count, grid + " for " + count);
			assertTrue(grid.cell() >= w * grid.scale() * (1 - 1e-9), grid + " cuts images");
			assertTrue(grid.columns() * (grid.cell() + gap) - gap <= width + 1e-6, grid + " in " + width);
			assertTrue(grid.rows() * (h * grid.scale() + text + gap) - gap <= height + 1e-6, grid + " in a height of " + height);
		}
	}
}
