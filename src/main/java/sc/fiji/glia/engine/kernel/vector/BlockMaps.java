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
package sc.fiji.glia.engine.kernel.vector;

import java.util.Arrays;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

import sc.fiji.glia.engine.kernel.Lanes;
import sc.fiji.glia.engine.kernel.BlockShape;

/**
 * What is done with every pixel of a block: activations, pooling, up-sampling, sums, scaling, conversion from and to planes. All work on
 * V channels at a time and leave the border of zeros alone.
 */
public final class BlockMaps {

	private static final VectorSpecies<Float> S = Lanes.SPECIES;
	private static final int V = Lanes.COUNT;

	private BlockMaps() {}

	// -- conversion --

	/**
	 * Puts rows y0 to y1 of {@code planes[channels[first + l]]} into lane l of a block, for lanes with a channel of at least 0; other lanes are
	 * left alone.
	 */
	public static void fromPlanes(final float[][] planes, final int[] channels, final int first, final float[] m, final int block, final BlockShape shape,
		final int y0, final int y1)
	{
		for (int l = 0; l < V; l++) {
			if (channels[first + l] < 0) continue;
			final float[] plane = planes[channels[first + l]];
			for (int y = y0, p = y0 * shape.width(); y < y1; y++) for (int x = 0, o = block + shape.row(y) + l; x < shape.width(); x++, o += V) m[o] = plane[p++];
		}
	}

	/** The reverse of {@link #fromPlanes}. */
	public static void toPlanes(final float[] m, final int block, final BlockShape shape, final int[] channels, final int first, final float[][] planes,
		final int y0, final int y1)
	{
		for (int l = 0; l < V; l++) {
			if (channels[first + l] < 0) continue;
			final float[] plane = planes[channels[first + l]];
			for (int y = y0, p = y0 * shape.width(); y < y1; y++) for (int x = 0, o = block + shape.row(y) + l; x < shape.width(); x++, o += V) plane[p++] = m[o];
		}
	}

	/** {@code d[y * stride][x * stride] = s[y][x]}; the pixels between are left alone. */
	public static void spread(final float[] m, final int from, final BlockShape shape, final int to, final BlockShape wide, final int stride) {
		for (int y = 0; y < shape.height(); y++) for (int x = 0; x < shape.width(); x++) {
			FloatVector.fromArray(S, m, from + shape.row(y) + x * V).intoArray(m, to + wide.row(y * stride) + x * stride * V);
		}
	}

	// -- sums --

	/** {@code sums[at + lane] += sum over the pixels} of rows y0 to y1, row by row. */
	static void sum(final float[] m, final int block, final BlockShape shape, final float[] sums, final int at, final int y0, final int y1) {
		FloatVector total = FloatVector.fromArray(S, sums, at);
		for (int y = y0; y < y1; y++) total = total.add(row(m, block + shape.row(y), shape.width()));
		total.intoArray(sums, at);
	}

	private static FloatVector row(final float[] m, final int first, final int width) {
		FloatVector a = FloatVector.zero(S), b = a, c = a, d = a;
		int x = 0;
		for (; x + 4 <= width; x += 4) {
			final int i = first + x * V;
			a = a.add(FloatVector.fromArray(S, m, i));
			b = b.add(FloatVector.fromArray(S, m, i + V));
			c = c.add(FloatVector.fromArray(S, m, i + 2 * V));
			d = d.add(FloatVector.fromArray(S, m, i + 3 * V));
		}
		for (; x < width; x++) a = a.add(FloatVector.fromArray(S, m, first + x * V));
		return a.add(b).add(c.add(d));
	}

	/** Lane by lane the sum over the pixels, in double precision beyond a row. */
	public static void sum(final float[] m, final int block, final BlockShape shape, final double[] sums, final int at, final float[] row) {
		for (int y = 0; y < shape.height(); y++) {
			row(m, block + shape.row(y), shape.width()).intoArray(row, 0);
			for (int l = 0; l < V; l++) sums[at + l] += row[l];
		}
	}

	/** Lane by lane the sum of {@code (x - mean)^2}, in double precision beyond a row. */
	public static void squares(final float[] m, final int block, final BlockShape shape, final float[] mean, final int meanAt, final double[] sums, final int at,
		final float[] row)
	{
		final FloatVector u = FloatVector.fromArray(S, mean, meanAt);
		for (int y = 0; y < shape.height(); y++) {
			FloatVector a = FloatVector.zero(S), b = a;
			final int first = block + shape.row(y);
			int x = 0;
			for (; x + 2 <= shape.width(); x += 2) {
				final FloatVector p = FloatVector.fromArray(S, m, first + x * V).sub(u), q = FloatVector.fromArray(S, m, first + x * V + V).sub(u);
				a = p.fma(p, a);
				b = q.fma(q, b);
			}
			if (x < shape.width()) {
				final FloatVector p = FloatVector.fromArray(S, m, first + x * V).sub(u);
				a = p.fma(p, a);
			}
			a.add(b).intoArray(row, 0);
			for (int l = 0; l < V; l++) sums[at + l] += row[l];
		}
	}

	/** Lane by lane the sums of {@code g} and of {@code g * (x - mean)}, in double precision beyond a row. */
	public static void products(final float[] m, final int g, final int x, final BlockShape shape, final float[] mean, final int meanAt, final double[] sums,
		final double[] products, final int at, final float[] row)
	{
		final FloatVector u = FloatVector.fromArray(S, mean, meanAt);
		for (int y = 0; y < shape.height(); y++) {
			FloatVector a = FloatVector.zero(S), b = a, c = a, d = a;
			final int first = shape.row(y);
			int k = 0;
			for (; k + 2 <= shape.width(); k += 2) {
				final int i = first + k * V;
				final FloatVector p = FloatVector.fromArray(S, m, g + i), q = FloatVector.fromArray(S, m, g + i + V);
				a = a.add(p);
				b = b.add(q);
				c = FloatVector.fromArray(S, m, x + i).sub(u).fma(p, c);
				d = FloatVector.fromArray(S, m, x + i + V).sub(u).fma(q, d);
			}
			if (k < shape.width()) {
				final FloatVector p = FloatVector.fromArray(S, m, g + first + k * V);
				a = a.add(p);
				c = FloatVector.fromArray(S, m, x + first + k * V).sub(u).fma(p, c);
			}
			a.add(b).intoArray(row, 0);
			for (int l = 0; l < V; l++) sums[at + l] += row[l];
			c.add(d).intoArray(row, 0);
			for (int l = 0; l < V; l++) products[at + l] += row[l];
		}
	}

	// -- scaling --

	/** {@code to = f(a * from + b)} lane by lane, f the leaky ReLU of the given slope (1 for none). */
	public static void scale(final float[] m, final int from, final int to, final BlockShape shape, final float[] a, final float[] b, final int at,
		final float slope)
	{
		final FloatVector p = FloatVector.fromArray(S, a, at), q = FloatVector.fromArray(S, b, at);
		for (int y = 0; y < shape.height(); y++) for (int x = 0, i = shape.row(y); x < shape.width(); x++, i += V) {
			final FloatVector v = FloatVector.fromArray(S, m, from + i).fma(p, q);
			v.mul(slope).blend(v, v.compare(VectorOperators.GT, 0f)).intoArray(m, to + i);
		}
	}

	/** {@code to (+)= a * g + b * x + c} lane by lane. */
	public static void combine(final float[] m, final int g, final int x, final int to, final BlockShape shape, final float[] a, final float[] b,
		final float[] c, final int at, final boolean add)
	{
		final FloatVector p = FloatVector.fromArray(S, a, at), q = FloatVector.fromArray(S, b, at), r = FloatVector.fromArray(S, c, at);
		for (int y = 0; y < shape.height(); y++) for (int k = 0, i = shape.row(y); k < shape.width(); k++, i += V) {
			FloatVector v = FloatVector.fromArray(S, m, g + i).fma(p, FloatVector.fromArray(S, m, x + i).fma(q, r));
			if (add) v = v.add(FloatVector.fromArray(S, m, to + i));
			v.intoArray(m, to + i);
		}
	}

	/** {@code to (+)= from}. */
	public static void copy(final float[] m, final int from, final int to, final BlockShape shape, final boolean add) {
		if (!add) System.arraycopy(m, from, m, to, shape.size());
		else for (int i = 0; i < shape.size(); i += V) FloatVector.fromArray(S, m, to + i).add(FloatVector.fromArray(S, m, from + i)).intoArray(m, to + i);
	}

	// -- activations --

	/** {@code to = max(from, slope * from)} for {@code length} values, a multiple of V. */
	public static void relu(final float[] m, final int from, final int to, final int length, final float slope) {
		for (int i = 0; i < length; i += V) {
			final FloatVector v = FloatVector.fromArray(S, m, from + i);
			v.mul(slope).blend(v, v.compare(VectorOperators.GT, 0f)).intoArray(m, to + i);
		}
	}

	/** {@code to *= slope} where {@code x} is not above 0, for {@code length} values, a multiple of V. */
	public static void mask(final float[] m, final int to, final int x, final int length, final float slope) {
		for (int i = 0; i < length; i += V) {
			final FloatVector v = FloatVector.fromArray(S, m, to + i);
			v.mul(slope).blend(v, FloatVector.fromArray(S, m, x + i).compare(VectorOperators.GT, 0f)).intoArray(m, to + i);
		}
	}

	/** {@code to (+)= g} where {@code y > 0}, {@code slope * g} elsewhere. */
	public static void reluGradient(final float[] m, final int g, final int y, final int to, final BlockShape shape, final float slope, final boolean add) {
		for (int i = 0; i < shape.size(); i += V) {
			final FloatVector v = FloatVector.fromArray(S, m, g + i);
			FloatVector r = v.mul(slope).blend(v, FloatVector.fromArray(S, m, y + i).compare(VectorOperators.GT, 0f));
			if (add) r = r.add(FloatVector.fromArray(S, m, to + i));
			r.intoArray(m, to + i);
		}
	}

	// -- pooling --

	// NB: vectors that are carried round an inner loop of unknown length would be objects, so sums and maxima over squares of any size go
	// through memory, and squares of 2x2 are written out. The methods are too long for the compiler to inline them: in one method with a convolution
	// it would give up on some vectors.

	/**
	 * The maxima of squares of {@code size} x {@code size} pixels, for rows y0 to y1 of the output.
	 *
	 * @param slope of the leaky ReLU that is then done with the maxima; 1 for none
	 */
	public static void maxPool(final float[] m, final int from, final BlockShape in, final int to, final BlockShape out, final int size, final float slope,
		final int y0, final int y1)
	{
		final int rs = in.rowStride(), n = out.width();
		for (int y = y0; y < y1; y++) {
			final int first = from + in.row(y * size), last = to + out.row(y) + n * V;
			if (size == 2) for (int i = first, o = last - n * V; o < last; i += 2 * V, o += V) {
				final FloatVector a = FloatVector.fromArray(S, m, i), b = FloatVector.fromArray(S, m, i + V);
				final FloatVector c = FloatVector.fromArray(S, m, i + rs), d = FloatVector.fromArray(S, m, i + rs + V);
				final FloatVector p = a.blend(b, b.compare(VectorOperators.GT, a)), q = c.blend(d, d.compare(VectorOperators.GT, c));
				final FloatVector max = p.blend(q, q.compare(VectorOperators.GT, p));
				max.mul(slope).blend(max, max.compare(VectorOperators.GT, 0f)).intoArray(m, o);
			}
			else for (int u = 0; u < size; u++) for (int v = 0; v < size; v++) for (int i = first + u * rs + v * V, o = last - n * V; o < last; i += size * V, o += V) {
				final FloatVector p = FloatVector.fromArray(S, m, i), b = FloatVector.fromArray(S, m, u + v == 0 ? i : o);
				b.blend(p, p.compare(VectorOperators.GT, b)).intoArray(m, o);
			}
			if (size != 2 && slope != 1) mask(m, last - n * V, last - n * V, n * V, slope);
		}
	}

	/**
	 * The gradient of a square's maximum goes to the first pixel that has it; for rows y0 to y1 of the output.
	 *
	 * @param slope of the leaky ReLU that {@code x} is the output of, if its derivative is to be applied; otherwise 1. A ReLU, of slope 0, may as
	 *          well have been done with the maxima: those of 0 have no gradient
	 * @param to where the gradient goes; {@code x} itself, if nothing is to be added to, for a gradient in the place of what it is the gradient of
	 */
	public static void maxPoolGradient(final float[] m, final int x, final BlockShape in, final int y, final int g, final BlockShape out, final int size,
		final int to, final boolean add, final float slope, final int y0, final int y1)
	{
		final int rs = in.rowStride(), n = out.width(), end = y1 == out.height() ? in.height() : y1 * size;
		for (int r = y0; r < y1; r++) {
			final int i = in.row(r * size), o = out.row(r);
			if (!add) for (int u = 0; u < size; u++) Arrays.fill(m, to + i + u * rs + n * size * V, to + i + u * rs + in.width() * V, 0);
			if (size == 2 && add) addGradient2(m, x + i, rs, y + o, g + o, n, to + i);
			else if (size == 2) putGradient2(m, x + i, rs, y + o, g + o, n, to + i, slope);
			else for (int k = 0; k < n * V; k++) gradient(m, x + i + k / V * size * V + k % V, rs, size, m[y + o + k], m[g + o + k], to - x, add, slope);
			if (add && slope != 1) for (int u = 0; u < size; u++) mask(m, to + i + u * rs, x + i + u * rs, in.width() * V, slope);
		}
		for (int r = y1 * size; r < end; r++) {
			if (!add) Arrays.fill(m, to + in.row(r), to + in.row(r) + in.width() * V, 0);
			else if (slope != 1) mask(m, to + in.row(r), x + in.row(r), in.width() * V, slope);
		}
	}

	/** The maximum alone says whether the ReLU's derivative is its slope: the gradients of the others are 0. */
	private static void putGradient2(final float[] m, final int x, final int rs, final int y, final int g, final int n, final int to, final float slope) {
		final FloatVector zero = FloatVector.zero(S);
		for (int k = 0; k < n; k++) {
			final int i = 2 * k * V;
			final FloatVector max = FloatVector.fromArray(S, m, y + k * V), all = FloatVector.fromArray(S, m, g + k * V);
			final FloatVector left = all.mul(slope).blend(all, max.compare(VectorOperators.GT, 0f));
			final VectorMask<Float> ma = FloatVector.fromArray(S, m, x + i).compare(VectorOperators.EQ, max);
			final FloatVector la = left.blend(zero, ma);
			final VectorMask<Float> mb = FloatVector.fromArray(S, m, x + i + V).compare(VectorOperators.EQ, max);
			final FloatVector lb = la.blend(zero, mb);
			final VectorMask<Float> mc = FloatVector.fromArray(S, m, x + i + rs).compare(VectorOperators.EQ, max);
			zero.blend(left, ma).intoArray(m, to + i);
			zero.blend(la, mb).intoArray(m, to + i + V);
			zero.blend(lb, mc).intoArray(m, to + i + rs);
			lb.blend(zero, mc).intoArray(m, to + i + rs + V);
		}
	}

	private static void addGradient2(final float[] m, final int x, final int rs, final int y, final int g, final int n, final int to) {
		final FloatVector zero = FloatVector.zero(S);
		for (int k = 0; k < n; k++) {
			final int i = 2 * k * V;
			final FloatVector max = FloatVector.fromArray(S, m, y + k * V), left = FloatVector.fromArray(S, m, g + k * V);
			final VectorMask<Float> ma = FloatVector.fromArray(S, m, x + i).compare(VectorOperators.EQ, max);
			final FloatVector la = left.blend(zero, ma);
			final VectorMask<Float> mb = FloatVector.fromArray(S, m, x + i + V).compare(VectorOperators.EQ, max);
			final FloatVector lb = la.blend(zero, mb);
			final VectorMask<Float> mc = FloatVector.fromArray(S, m, x + i + rs).compare(VectorOperators.EQ, max);
			FloatVector.fromArray(S, m, to + i).add(zero.blend(left, ma)).intoArray(m, to + i);
			FloatVector.fromArray(S, m, to + i + V).add(zero.blend(la, mb)).intoArray(m, to + i + V);
			FloatVector.fromArray(S, m, to + i + rs).add(zero.blend(lb, mc)).intoArray(m, to + i + rs);
			FloatVector.fromArray(S, m, to + i + rs + V).add(lb.blend(zero, mc)).intoArray(m, to + i + rs + V);
		}
	}

	/** One lane of a square of any size; {@code shift} from a value to its gradient. */
	private static void gradient(final float[] m, final int corner, final int rs, final int size, final float max, final float g, final int shift,
		final boolean add, final float slope)
	{
		final int p = first(m, corner, rs, size, max) + shift;
		if (!add) for (int u = 0; u < size; u++) for (int v = 0; v < size; v++) m[corner + u * rs + v * V + shift] = 0;
		m[p] += add || max > 0 ? g : slope * g;
	}

	/** Index of the first value of a square of lanes that is {@code max}. */
	private static int first(final float[] m, final int first, final int rs, final int size, final float max) {
		for (int u = 0; u < size; u++) for (int v = 0; v < size; v++) if (m[first + u * rs + v * V] == max) return first + u * rs + v * V;
		return first; // NaN
	}

	// -- up-sampling --

	/** Every pixel becomes a square of {@code factor} x {@code factor}, for rows y0 to y1 of the input. */
	public static void upsample(final float[] m, final int from, final BlockShape in, final int to, final BlockShape out, final int factor, final int y0,
		final int y1)
	{
		for (int y = y0; y < y1; y++) {
			final int s = from + in.row(y), first = to + out.row(y * factor), n = in.width();
			for (int f = 0; f < factor; f++) for (int x = 0; x < n; x++) FloatVector.fromArray(S, m, s + x * V).intoArray(m, first + (x * factor + f) * V);
			for (int f = 1; f < factor; f++) System.arraycopy(m, first, m, first + f * out.rowStride(), out.width() * V);
		}
	}

	/**
	 * The gradients of a square are added up, for rows y0 to y1 of the input.
	 *
	 * @param x the input
	 * @param slope of the leaky ReLU that {@code x} is the output of, if its derivative is to be applied; otherwise 1
	 */
	public static void upsampleGradient(final float[] m, final int g, final BlockShape out, final int to, final BlockShape in, final int factor,
		final boolean add, final int x, final float slope, final int y0, final int y1)
	{
		for (int y = y0; y < y1; y++) {
			final int o = to + in.row(y), first = g + out.row(y * factor), n = in.width();
			if (factor == 2) {
				upsampleGradient2(m, first, out.rowStride(), o, n, add, x + in.row(y), slope);
				continue;
			}
			if (!add) Arrays.fill(m, o, o + n * V, 0);
			for (int u = 0; u < factor; u++) for (int v = 0; v < factor; v++) for (int k = 0; k < n; k++) {
				FloatVector.fromArray(S, m, o + k * V).add(FloatVector.fromArray(S, m, first + u * out.rowStride() + (k * factor + v) * V)).intoArray(m, o + k * V);
			}
			if (slope != 1) mask(m, o, x + in.row(y), n * V, slope);
		}
	}

	private static void upsampleGradient2(final float[] m, final int g, final int rs, final int to, final int n, final boolean add, final int x,
		final float slope)
	{
		if (add) for (int k = 0; k < n; k++) {
			final int i = g + 2 * k * V, d = to + k * V;
			final FloatVector a = FloatVector.fromArray(S, m, i).add(FloatVector.fromArray(S, m, i + V));
			final FloatVector b = FloatVector.fromArray(S, m, i + rs).add(FloatVector.fromArray(S, m, i + rs + V));
			final FloatVector sum = FloatVector.fromArray(S, m, d).add(a.add(b));
			sum.mul(slope).blend(sum, FloatVector.fromArray(S, m, x + k * V).compare(VectorOperators.GT, 0f)).intoArray(m, d);
		}
		else for (int k = 0; k < n; k++) {
			final int i = g + 2 * k * V;
			final FloatVector a = FloatVector.fromArray(S, m, i).add(FloatVector.fromArray(S, m, i + V));
			final FloatVector b = FloatVector.fromArray(S, m, i + rs).add(FloatVector.fromArray(S, m, i + rs + V));
			final FloatVector sum = a.add(b);
			sum.mul(slope).blend(sum, FloatVector.fromArray(S, m, x + k * V).compare(VectorOperators.GT, 0f)).intoArray(m, to + k * V);
		}
	}
}
