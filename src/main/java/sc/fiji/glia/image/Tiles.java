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
package sc.fiji.glia.image;

import java.util.ArrayList;
import java.util.List;

/**
 * Geometry of tiled prediction. An image is mirror-padded at the right and at the bottom until its sides are multiples of what the network asks
 * for; a tile reads a rectangle of the padded image and keeps its core. Every core lies at least the halo away from each side of its
 * rectangle, save where that side is the border of the padded image too; all rectangles start and end at multiples. So a network whose
 * output depends on no more than the halo gives the same values as on the whole padded image. The cores partition the image.
 * <p>
 * All rectangles have the same size, so that one plan serves all tiles.
 *
 * @param width columns of the image, in pixels
 * @param height rows of the image, in pixels
 * @param readWidth columns that every tile reads, in pixels
 * @param readHeight rows that every tile reads, in pixels
 * @param tiles the tiles, rows first
 */
public record Tiles(int width, int height, int readWidth, int readHeight, List<Tile> tiles) {

	/**
	 * @param width columns of the image, in pixels
	 * @param height rows of the image, in pixels
	 * @param multiple sides that the network takes are multiples of this
	 * @param halo pixels around a block of output that its values depend on
	 * @param target greatest side of what a tile reads, in pixels; more is read if halo and multiple ask for it
	 */
	public static Tiles of(final int width, final int height, final int multiple, final int halo, final int target) {
		if (width < 1 || height < 1 || multiple < 1 || halo < 0 || target < 1) throw new IllegalArgumentException(
			"Tiles: expected a size, a multiple and a target of at least 1 and a halo of at least 0, got " +
			width + "x" + height + ", multiple " + multiple + ", halo " + halo + ", target " + target);
		final List<Span> columns = spans(width, multiple, halo, target), rows = spans(height, multiple, halo, target);
		final List<Tile> tiles = new ArrayList<>();
		for (final Span r : rows) for (final Span c : columns) tiles.add(new Tile(c.core, r.core, c.coreSize, r.coreSize, c.read, r.read));
		return new Tiles(width, height, columns.get(0).readSize, rows.get(0).readSize, List.copyOf(tiles));
	}

	/** The image as one tile. */
	public static Tiles whole(final int width, final int height, final int multiple) {
		return of(width, height, multiple, 0, Math.max(width, height) + multiple);
	}

	/** What tile {@code t} reads of a plane of the image, mirrored beyond its right and bottom border: {@code [y * readWidth + x]}. */
	public float[] read(final float[] plane, final Tile t) {
		return MirrorPadding.read(plane, width, height, t.readX, t.readY, readWidth, readHeight);
	}

	/** Copies the core of tile {@code t} from what was computed for it, {@code [y * readWidth + x]} from {@code offset}, into a plane of the image. */
	public void write(final float[] computed, final int offset, final Tile t, final float[] plane) {
		for (int y = 0; y < t.height; y++) System.arraycopy(computed, offset + (t.y - t.readY + y) * readWidth + t.x - t.readX, plane, (t.y + y) * width + t.x,
			t.width);
	}

	/**
	 * One tile, in pixels of the image.
	 *
	 * @param x left of the core
	 * @param y top of the core
	 * @param width columns of the core
	 * @param height rows of the core
	 * @param readX left of the rectangle that is read
	 * @param readY top of the rectangle that is read
	 */
	public record Tile(int x, int y, int width, int height, int readX, int readY) {}

	private record Span(int core, int coreSize, int read, int readSize) {}

	private static List<Span> spans(final int size, final int multiple, final int halo, final int target) {
		final int margin = ceil(halo, multiple), padded = ceil(size, multiple);
		final int read = Math.max(target / multiple * multiple, 2 * margin + multiple);
		if (padded <= read) return List.of(new Span(0, size, 0, padded));
		final List<Span> spans = new ArrayList<>();
		for (int core = 0; core < size;) {
			final int from = Math.min(Math.max(0, core - margin), padded - read);
			final int end = from + read == padded ? size : from + read - margin;
			spans.add(new Span(core, end - core, from, read));
			core = end;
		}
		return spans;
	}

	private static int ceil(final int size, final int multiple) {
		return (size + multiple - 1) / multiple * multiple;
	}
}
