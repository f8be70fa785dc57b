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

import java.util.Arrays;

import sc.fiji.glia.engine.graph.Conv2D;
import sc.fiji.glia.engine.graph.Shape;
import sc.fiji.glia.engine.kernel.Scratch;
import sc.fiji.glia.engine.kernel.Team;
import sc.fiji.glia.engine.kernel.plain.PlaneWinograd.Store;

/**
 * Forward and backward of one {@link Conv2D} at one input shape, image by image. The pixels of some output rows are gathered into panels,
 * one array for each channel and kernel position, and {@link PlainProducts#multiplyAdd} does the rest. A 3x3 convolution of stride 1 is computed by
 * {@link PlaneWinograd}'s algorithm where that is faster, unless it is to be {@code exact}. Some such convolutions can read planes of half the size
 * in place of their nearest-neighbour up-sampling, see {@link #readsHalves}; only forward.
 * <p>
 * Immutable; all that changes during a call is in the {@link Scratch} of the calling thread.
 */
public final class PlaneConvolution {

	/** Pixels of a panel: long enough for the loops to run, short enough for five panels to stay in the first-level cache. */
	private static final int PANEL = 1536;
	/** Values of all panels gathered at a time. */
	private static final int GATHERED = 18 * PANEL;
	/** The fewest pixels of a part of an image: the loops over fewer are short. */
	private static final int LEAST = 8192;
	private static final float[] NONE = {};
	/** Room beyond the values of a row, see {@link PlainProducts}. */
	private static final int ROOM = 12;

	private final boolean exact;
	private final int in, out, kernel, stride, before;
	private final int height, width, outHeight, outWidth;
	private final int rows, chunk;
	private final boolean tiled, tiledWeights;
	private final PlaneWinograd winograd;
	private final PlaneWeightGradient tall;
	private final PooledConvolution pooled;

	/** The convolution {@code layer} of an image of shape {@code input}, as fast as it can be. */
	public PlaneConvolution(final Conv2D layer, final Shape input) {
		this(layer, input, false);
	}

	/**
	 * The convolution {@code layer} of an image of shape {@code input}, some of whose planes are given in half the size.
	 *
	 * @param halves for each channel, whether its plane is {@code [height / 2 * width / 2]} and every pixel of it stands for a square of four
	 * @throws IllegalArgumentException if there are such planes and not {@link #readsHalves}
	 */
	public PlaneConvolution(final Conv2D layer, final Shape input, final boolean[] halves) {
		this(false, halves, layer.filters(), layer.kernel(), layer.stride(), layer.before(), input.height(), input.width(), layer.outputSize(input.height()),
			layer.outputSize(input.width()));
		for (final boolean half : halves) if (half && !readsHalves(layer, input)) throw new IllegalArgumentException(
			"PlaneConvolution: expected whole planes for " + layer + " of " + input + ", got halves");
	}

	/** Whether the convolution {@code layer} of an image of shape {@code input} can read planes of half the size. */
	public static boolean readsHalves(final Conv2D layer, final Shape input) {
		final boolean even = input.height() % 2 == 0 && input.width() % 2 == 0;
		return even && layer.before() == 1 && isTiled(input.channels(), layer.filters(), layer.kernel(), layer.stride(), layer.outputSize(input.height()), layer
			.outputSize(input.width()));
	}

	private static boolean isTiled(final int in, final int out, final int kernel, final int stride, final int outHeight, final int outWidth) {
		return kernel == 3 && stride == 1 && outHeight >= 4 && outWidth >= 8 && Math.min(in, out) >= 4;
	}

	/**
	 * The convolution {@code layer} of an image of shape {@code input}.
	 *
	 * @param exact whether to add up the products of the formula and nothing else, so that errors are those of its roundings; otherwise 3x3
	 *          convolutions of stride 1 may be computed with fewer multiplications, and larger errors
	 */
	public PlaneConvolution(final Conv2D layer, final Shape input, final boolean exact) {
		this(exact, new boolean[input.channels()], layer.filters(), layer.kernel(), layer.stride(), layer.before(), input.height(), input.width(), layer
			.outputSize(input.height()), layer.outputSize(input.width()));
	}

	private PlaneConvolution(final boolean exact, final boolean[] halves, final int out, final int kernel, final int stride, final int before, final int height,
		final int width, final int outHeight, final int outWidth)
	{
		this.exact = exact;
		in = halves.length;
		this.out = out;
		this.kernel = kernel;
		this.stride = stride;
		this.before = before;
		this.height = height;
		this.width = width;
		this.outHeight = outHeight;
		this.outWidth = outWidth;
		rows = Math.min(outHeight, Math.max(1, PANEL / outWidth));
		chunk = Math.min(in, Math.max(1, GATHERED / (kernel * kernel * rows * outWidth)));
		tiled = !exact && isTiled(in, out, kernel, stride, outHeight, outWidth);
		tiledWeights = !exact && kernel == 3 && stride == 1 && outHeight >= 4 && outWidth >= 8;
		winograd = new PlaneWinograd(halves, out, before, height, width, outHeight, outWidth);
		tall = new PlaneWeightGradient(in, out, before, height, width, outHeight, outWidth);
		pooled = new PooledConvolution(in, out, kernel, before, height, width, outHeight, outWidth);
	}

	/**
	 * The convolution that takes the gradient of this one's output to the gradient of its input, with weights from {@link #flip}.
	 * Only for stride 1.
	 */
	private PlaneConvolution transposed() {
		return new PlaneConvolution(exact, new boolean[out], in, kernel, 1, kernel - 1 - before, outHeight, outWidth, height, width);
	}

	/** Values in {@code weight}. */
	private int terms() {
		return in * kernel * kernel;
	}

	/**
	 * Values of {@link Scratch} that training takes at most: what forward and the gradient of the input take, which is alike, and what the gradient of
	 * the weights takes.
	 */
	public long scratch() {
		return Arrays.stream(scratchByUse()).mapToLong(use -> use[0] * use[1]).sum();
	}

	/**
	 * Likewise, number and length of the arrays for each use: inputs of Winograd's algorithm, its outputs and its rows; what others take; products,
	 * factors, and lines of the gradient of the weights; what others take for that.
	 */
	public long[][] scratchByUse() {
		final long area = kernel * kernel, row = rows * outWidth + ROOM, lines = kernel * (long) (outWidth * stride + kernel) * in;
		final long[] none = { 0, 0 };
		if (stride > 1) return new long[][] { none, none, none, { terms() + Math.max(out, chunk * area), row }, none, none, none, { 1, lines } };
		final PlaneConvolution back = transposed();
		final long[] direct = { Math.max(in, out) + Math.max(chunk, back.chunk) * area, row }, gathered = { 1, lines + (long) pixels() *
			(terms() + ROOM) };
		final long[][] uses = { none, none, none, tiled ? none : direct, none, none, none, tiledWeights ? none : gathered };
		if (tiled) for (int i = 0; i < 3; i++) uses[i] = new long[] { Math.max(winograd.scratch()[i][0], back.winograd.scratch()[i][0]), Math.max(winograd
			.scratch()[i][1], back.winograd.scratch()[i][1]) };
		if (tiledWeights) System.arraycopy(tall.scratch(), 0, uses, 4, 3);
		return uses;
	}

	/** Pixels whose products for the gradient of the weights are added at a time. */
	private int pixels() {
		return Math.max(9, Math.min(outWidth, 8192 / terms() / 9 * 9));
	}

	/** True if output pixel i reads input pixel i and nothing else. */
	private boolean isPointwise() {
		return kernel == 1 && stride == 1;
	}

	// -- forward --

	/** The rows of an output are computed in groups of so many; a range of rows begins at a multiple of it. */
	public int rowStep() {
		return tiled ? PlaneWinograd.TILE : 1;
	}

	/** Length of {@link #newFactors}. */
	public int factors() {
		return tiled ? PlaneWinograd.factors(in, out) : out * terms();
	}

	/** Length of {@link #newFlipped}. */
	public int flipped() {
		return stride == 1 && transposed().tiled ? PlaneWinograd.factors(in, out) : out * terms();
	}

	/** Room for {@link #prepare}. */
	public float[] newFactors() {
		return new float[factors()];
	}

	/** Brings weights into the form that {@link #forward} wants; call again whenever the weights have changed. */
	public void prepare(final float[] weight, final float[] factors) {
		if (tiled) winograd.transform(weight, factors);
		else System.arraycopy(weight, 0, factors, 0, out * terms());
	}

	/**
	 * {@code y = max(x * weight + bias, floor)} for a range of rows of the output; the bits do not depend on the range.
	 *
	 * @param x input planes {@code [in][height * width]}
	 * @param factors weights {@code out x in x kernel x kernel} from {@link #prepare}
	 * @param bias {@code out} values, or none for no bias
	 * @param floor 0 for a ReLU, negative infinity for none
	 * @param y output planes {@code [out][outHeight * outWidth]}, overwritten
	 * @param fromRow first row to compute, a multiple of {@link #rowStep}
	 * @param toRow row after the last, a multiple of {@link #rowStep} or the output's height
	 */
	public void forward(final float[][] x, final float[] factors, final float[] bias, final float floor, final float[][] y, final int fromRow,
		final int toRow, final Scratch scratch)
	{
		if (tiled) winograd.run(x, factors, bias, floor, y, Store.KEEP, fromRow, toRow, alone(scratch), scratch);
		else run(x, factors, bias, floor, y, false, fromRow, toRow, scratch);
	}

	/** All rows of {@link #forward}. */
	public void forward(final float[][] x, final float[] factors, final float[] bias, final float floor, final float[][] y, final Scratch scratch) {
		forward(x, factors, bias, floor, y, 0, outHeight, scratch);
	}

	/**
	 * All rows of {@link #forward}, shared by a team; the bits do not depend on it.
	 *
	 * @param scratch of the calling thread
	 */
	public void forward(final float[][] x, final float[] factors, final float[] bias, final float floor, final float[][] y, final Team team,
		final Scratch scratch)
	{
		if (tiled && team.threads() > 1 && outHeight * outWidth < LEAST * team.threads()) winograd.run(x, factors, bias, floor, y, Store.KEEP, 0, outHeight,
			team, scratch);
		else rows(team, outHeight, outWidth, rowStep(), (from, to, s) -> forward(x, factors, bias, floor, y, from, to, s));
	}

	/** Whether the convolution {@code layer} of an image of shape {@code input} can {@link #forwardPooled}. */
	public static boolean pools(final Conv2D layer, final Shape input) {
		return layer.stride() == 1 && Math.min(layer.outputSize(input.height()), layer.outputSize(input.width())) > 1;
	}

	/**
	 * {@link #forward}, and of each square of 2x2 pixels of the output only the largest value, with the same bits as {@link PlanePooling#pool}. Only
	 * where the convolution {@link #pools}.
	 *
	 * @param y planes {@code [out][outHeight / 2 * outWidth / 2]}, overwritten; an odd last row or column is left out
	 * @param team shares the work; the bits do not depend on it
	 * @param scratch of the calling thread
	 */
	public void forwardPooled(final float[][] x, final float[] factors, final float[] bias, final float floor, final float[][] y, final Team team,
		final Scratch scratch)
	{
		if (!tiled) rows(team, outHeight / 2, outWidth * 2, 1, (from, to, s) -> pooled.run(x, factors, bias, floor, y, from, to, s));
		else if (team.threads() > 1 && outHeight * outWidth < LEAST * team.threads()) winograd.run(x, factors, bias, floor, y, Store.POOL, 0, outHeight, team,
			scratch);
		else rows(team, outHeight, outWidth, rowStep(), (from, to, s) -> winograd.run(x, factors, bias, floor, y, Store.POOL, from, to, alone(s), s));
	}

	private static Team alone(final Scratch scratch) {
		return (tasks, task) -> {
			for (int i = 0; i < tasks; i++) task.run(i, scratch);
		};
	}

	/** Work on a range of rows. */
	private interface RowWork {

		void run(int from, int to, Scratch scratch);
	}

	/** Shares rows among a team, in parts of at least {@link #LEAST} pixels that begin at multiples of {@code step}; whoever is alone does it in one go. */
	private static void rows(final Team team, final int rows, final int columns, final int step, final RowWork work) {
		final int parts = team.threads() == 1 ? 1 : 4 * team.threads(), least = Math.max(LEAST / columns, (rows + parts - 1) / parts);
		final int part = (Math.max(1, least) + step - 1) / step * step;
		team.run((rows + part - 1) / part, (i, scratch) -> work.run(i * part, Math.min(rows, (i + 1) * part), scratch));
	}

	/** {@code y = max(x * weight + bias, floor)}, or with {@code add} {@code y += x * weight}. */
	private void run(final float[][] x, final float[] weight, final float[] bias, final float floor, final float[][] y, final boolean add,
		final int fromRow, final int toRow, final Scratch scratch)
	{
		final float[][] factors = scratch.sameRows(weight, out);
		if (isPointwise() && toRow - fromRow == outHeight) {
			if (!add) for (int o = 0; o < out; o++) Arrays.fill(y[o], bias.length > 0 ? bias[o] : 0);
			PlainProducts.multiplyAdd(y, out, factors, 0, in, x, in, height * width);
			if (floor > Float.NEGATIVE_INFINITY) for (int o = 0; o < out; o++) TileLoops.raise(y[o], floor, height * width);
			return;
		}
		final float[][] sums = scratch.rows(0, out, rows * outWidth + ROOM), panels = scratch.rows(1, chunk * kernel * kernel, rows * outWidth + ROOM);
		for (int y0 = fromRow; y0 < toRow; y0 += rows) {
			final int n = Math.min(rows, toRow - y0) * outWidth;
			for (int o = 0; o < out; o++) {
				if (add) System.arraycopy(y[o], y0 * outWidth, sums[o], 0, n);
				else Arrays.fill(sums[o], 0, n, bias.length > 0 ? bias[o] : 0);
			}
			accumulate(x, factors, sums, panels, y0, n);
			for (int o = 0; o < out; o++) {
				if (floor > Float.NEGATIVE_INFINITY) TileLoops.raise(sums[o], floor, n);
				System.arraycopy(sums[o], 0, y[o], y0 * outWidth, n);
			}
		}
	}

	private void accumulate(final float[][] x, final float[][] factors, final float[][] sums, final float[][] panels, final int y0, final int n) {
		final int area = kernel * kernel;
		for (int c0 = 0; c0 < in; c0 += chunk) {
			final int channels = Math.min(chunk, in - c0);
			for (int c = 0; c < channels; c++) for (int t = 0; t < area; t++) gather(x[c0 + c], t / kernel, t % kernel, y0, n / outWidth, panels[c * area + t]);
			PlainProducts.multiplyAdd(sums, out, factors, c0 * area, terms(), panels, channels * area, n);
		}
	}

	/** The input pixels that kernel position (u, v) meets in {@code count} output rows from {@code y0} on. */
	private void gather(final float[] x, final int u, final int v, final int y0, final int count, final float[] panel) {
		final int shift = v - before;
		// output columns whose input column lies inside the image
		final int from = Math.min(outWidth, Math.max(0, -Math.floorDiv(shift, stride))), to = Math.max(from, Math.min(outWidth, Math.floorDiv(width - 1 - shift,
			stride) + 1));
		for (int r = 0; r < count; r++) {
			final int i = (y0 + r) * stride + u - before, p = r * outWidth;
			if (i < 0 || i >= height || from == to) {
				Arrays.fill(panel, p, p + outWidth, 0);
				continue;
			}
			Arrays.fill(panel, p, p + from, 0);
			final int q = i * width + shift;
			if (stride == 1) System.arraycopy(x, q + from, panel, p + from, to - from);
			else for (int j = from; j < to; j++) panel[p + j] = x[q + j * stride];
			Arrays.fill(panel, p + to, p + outWidth, 0);
		}
	}

	// -- backward to the input --

	/** Room for {@link #flip}. */
	public float[] newFlipped() {
		return new float[flipped()];
	}

	/** Brings weights into the form that {@link #backwardInput} wants; call again whenever the weights have changed. */
	public void flip(final float[] weight, final float[] flipped) {
		final int area = kernel * kernel, terms = terms();
		final boolean tiles = stride == 1 && transposed().tiled;
		final float[] order = tiles ? new float[weight.length] : flipped;
		for (int o = 0; o < out; o++) for (int c = 0; c < in; c++) for (int t = 0; t < area; t++) {
			final float w = weight[o * terms + c * area + t];
			if (stride == 1) order[(c * out + o) * area + area - 1 - t] = w;
			else order[(c * area + t) * out + o] = w;
		}
		if (tiles) transposed().winograd.transform(order, flipped);
	}

	/** As {@link #rowStep}, for the rows of the input's gradient; all of them if they cannot be computed in ranges. */
	public int backwardRowStep() {
		return stride > 1 ? height : transposed().rowStep();
	}

	/**
	 * The gradient of the input, for a range of its rows; the bits do not depend on the range.
	 *
	 * @param dy gradient of the output {@code [out][outHeight * outWidth]}
	 * @param flipped weights from {@link #flip}
	 * @param dx gradient of the input {@code [in][height * width]}
	 * @param add whether to add to {@code dx} instead of overwriting it
	 * @param fromRow first row to compute, a multiple of {@link #backwardRowStep}
	 * @param toRow row after the last, a multiple of {@link #backwardRowStep} or the input's height
	 */
	public void backwardInput(final float[][] dy, final float[] flipped, final float[][] dx, final boolean add, final int fromRow, final int toRow,
		final Scratch scratch)
	{
		if (stride > 1) {
			if (fromRow > 0 || toRow < height) throw new IllegalArgumentException("PlaneConvolution of stride " + stride + ": expected all rows, 0 to " + height +
				", got " + fromRow + " to " + toRow);
			backwardStrided(dy, flipped, dx, add, scratch);
			return;
		}
		final PlaneConvolution t = transposed();
		if (t.tiled) t.winograd.run(dy, flipped, NONE, Float.NEGATIVE_INFINITY, dx, add ? Store.ADD : Store.KEEP, fromRow, toRow, alone(scratch), scratch);
		else t.run(dy, flipped, NONE, Float.NEGATIVE_INFINITY, dx, add, fromRow, toRow, scratch);
	}

	/** All rows of {@link #backwardInput}. */
	public void backwardInput(final float[][] dy, final float[] flipped, final float[][] dx, final boolean add, final Scratch scratch) {
		backwardInput(dy, flipped, dx, add, 0, height, scratch);
	}

	/** All rows of {@link #backwardInput}, shared by a team; the bits do not depend on it. */
	public void backwardInput(final float[][] dy, final float[] flipped, final float[][] dx, final boolean add, final Team team) {
		rows(team, height, width, backwardRowStep(), (from, to, s) -> backwardInput(dy, flipped, dx, add, from, to, s));
	}

	/** Any stride: gradients of the panels, which are then added where the panels were gathered. */
	private void backwardStrided(final float[][] dy, final float[] flipped, final float[][] dx, final boolean add, final Scratch scratch) {
		if (!add) for (int c = 0; c < in; c++) Arrays.fill(dx[c], 0);
		final int area = kernel * kernel;
		final float[][] factors = scratch.sameRows(flipped, terms());
		final float[][] panels = scratch.rows(0, terms(), rows * outWidth + ROOM), rowsOfDy = scratch.rows(1, out, rows * outWidth + ROOM);
		for (int y0 = 0; y0 < outHeight; y0 += rows) {
			final int count = Math.min(rows, outHeight - y0), n = count * outWidth;
			for (int o = 0; o < out; o++) System.arraycopy(dy[o], y0 * outWidth, rowsOfDy[o], 0, n);
			for (int k = 0; k < terms(); k++) Arrays.fill(panels[k], 0, n, 0);
			PlainProducts.multiplyAdd(panels, terms(), factors, 0, out, rowsOfDy, out, n);
			for (int k = 0; k < terms(); k++) scatter(panels[k], dx[k / area], k % area / kernel, k % kernel, y0, count);
		}
	}

	private void scatter(final float[] panel, final float[] dx, final int u, final int v, final int y0, final int count) {
		for (int r = 0; r < count; r++) {
			final int i = (y0 + r) * stride + u - before;
			if (i < 0 || i >= height) continue;
			for (int j = 0; j < outWidth; j++) {
				final int k = j * stride + v - before;
				if (k >= 0 && k < width) dx[i * width + k] += panel[r * outWidth + j];
			}
		}
	}

	// -- backward to the weights --

	/**
	 * Adds one image's share to the gradient of the weights of a range of output channels; the bits do not depend on the range.
	 *
	 * @param x input planes
	 * @param dy gradient of the output planes
	 * @param sums from {@link #newSums}, added to; {@link #weightGradient} knows their order
	 * @param from first output channel
	 * @param to output channel after the last
	 */
	public void backwardWeights(final float[][] x, final float[][] dy, final float[][] sums, final int from, final int to, final Scratch scratch) {
		if (tiledWeights) tall.add(x, dy, sums, from, to, scratch);
		else if (from == 0 && to == out) backwardWeights(x, dy, sums, scratch);
		else backwardWeights(x, Arrays.copyOfRange(dy, from, to), Arrays.copyOfRange(sums, from, to), scratch);
	}

	/** Rows of sums run over {@code [kernel row][kernel column][in]}. */
	private void backwardWeights(final float[][] x, final float[][] dy, final float[][] sums, final Scratch scratch) {
		final int terms = terms(), pixels = pixels(), line = kernel * in;
		final float[][] patches = scratch.rows(0, pixels, terms + ROOM), lines = scratch.rows(1, kernel, (outWidth * stride + kernel) * in);
		for (int y = 0; y < outHeight; y++) {
			for (int u = 0; u < kernel; u++) {
				if (y > 0 && stride == 1 && u < kernel - 1) {
					final float[] t = lines[u];
					lines[u] = lines[u + 1];
					lines[u + 1] = t;
				}
				else interleave(x, y * stride + u - before, lines[u]);
			}
			for (int x0 = 0; x0 < outWidth; x0 += pixels) {
				final int n = Math.min(pixels, outWidth - x0);
				for (int j = 0; j < n; j++) for (int u = 0; u < kernel; u++) System.arraycopy(lines[u], (x0 + j) * stride * in, patches[j], u * line, line);
				PlainProducts.multiplyAdd(sums, sums.length, dy, y * outWidth + x0, 0, patches, n, terms);
			}
		}
	}

	/** Row {@code i} of the image, channels together for each pixel, with {@code before} zero pixels at its start and zeros at its end. */
	private void interleave(final float[][] x, final int i, final float[] line) {
		if (i < 0 || i >= height) {
			Arrays.fill(line, 0);
			return;
		}
		Arrays.fill(line, 0, before * in, 0);
		final int n = Math.min(width, line.length / in - before);
		for (int c = 0; c < in; c++) {
			final float[] plane = x[c];
			for (int j = 0, p = before * in + c, q = i * width; j < n; j++, p += in) line[p] = plane[q + j];
		}
		Arrays.fill(line, (before + n) * in, line.length, 0);
	}

	/** Puts {@code sums} of {@link #backwardWeights} into the order of the weights, adding to {@code gradient}. */
	public void weightGradient(final float[][] sums, final float[] gradient) {
		final int area = kernel * kernel;
		final boolean outputs = rowsOfOutputs();
		for (int o = 0; o < out; o++) for (int t = 0; t < area; t++) for (int c = 0; c < in; c++) gradient[(o * in + c) * area + t] += outputs
			? sums[c][t * out + o] : sums[o][t * in + c];
	}

	private boolean rowsOfOutputs() {
		return tiledWeights && tall.rowsOfOutputs();
	}

	/** New zero sums for {@link #backwardWeights}. */
	public float[][] newSums() {
		return rowsOfOutputs() ? new float[in][out * kernel * kernel] : new float[out][terms() + ROOM];
	}
}
