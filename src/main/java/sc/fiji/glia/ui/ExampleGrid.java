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

/**
 * How images of one size, each with a text below, fill an area.
 *
 * @param columns cells in a row
 * @param rows number of rows; the last may not be full
 * @param cell width of a cell
 * @param scale pixels of the screen for each of an image
 */
record ExampleGrid(int columns, int rows, double cell, double scale) {

	/**
	 * The grid whose images are the largest; of equal ones that with the fewest empty cells.
	 *
	 * @param count number of images, at least 1
	 * @param imageWidth columns of an image
	 * @param imageHeight rows of an image
	 * @param width width of the area
	 * @param height height of the area
	 * @param gap distance of two cells
	 * @param text height of the text
	 * @param least width that a text needs; several columns are at least that wide
	 * @param most width that is enough for a text; cells are not wider, unless the image is
	 * @return a grid whose scale is not positive if the area is too small
	 */
	static ExampleGrid of(final int count, final int imageWidth, final int imageHeight, final double width, final double height, final double gap,
		final double text, final double least, final double most)
	{
		ExampleGrid best = new ExampleGrid(1, count, 0, Double.NEGATIVE_INFINITY);
		for (int columns = 1; columns <= count; columns++) {
			final int rows = (count + columns - 1) / columns;
			final double room = (width - (columns - 1) * gap) / columns, high = (height - (rows - 1) * gap) / rows - text;
			if (columns > 1 && room < least) break;
			final double scale = Math.min(room / imageWidth, high / imageHeight);
			final boolean same = Math.abs(scale - best.scale) <= 1e-9 * Math.abs(scale);
			if (same ? columns * rows < best.columns * best.rows : scale > best.scale) best = new ExampleGrid(columns, rows, Math.min(room, Math.max(most,
				imageWidth * scale)), scale);
		}
		return best;
	}
}
