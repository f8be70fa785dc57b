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
import jdk.incubator.vector.VectorSpecies;
import sc.fiji.glia.engine.kernel.dense.DenseKernel;
import sc.fiji.glia.engine.kernel.dense.DenseOrder;
import sc.fiji.glia.engine.kernel.dense.DenseRows;

/**
 * Dense layers of few units and many inputs in vectors over neighbouring inputs; weights are in the order {@code [unit][input]}. Gradients are
 * the same bits as in the other forms. The sums of {@link #forward} are not: lane {@code l} of 16 adds the products of the inputs
 * {@code l, l + 16, l + 32, ...} in this order, then the lanes {@code l} and {@code l + 8} are added, of these {@code l} and {@code l + 4}, and so
 * on; then follow the products of the inputs that fill no vector, in order, and at last the bias.
 */
public final class FewUnitsDense implements DenseKernel {

	/** Most units, and fewest inputs, for which this form is faster. */
	private static final int MOST_UNITS = 16, LEAST_INPUTS = 64;
	private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
	private static final int V = S.length();
	/** What is kept in registers: units of forward, for four rows; rows and vectors of products. */
	private static final int UNITS = 5, QUAD = 4, PRODUCTS = 5, WIDE = 3;
	/** Factors of a term in {@link #factors}: a power of 2, which the compiler computes places with faster. */
	private static final int FACTORS = 8;
	/** Rows whose sums are formed before their lanes are added. */
	private static final int GROUP = 8;
	/** Lanes in every second block of so many. */
	private static final VectorMask<Float> SECOND8 = second(8), SECOND4 = second(4), SECOND2 = second(2), SECOND1 = second(1);
	/** Rows that are worked on together. */
	private static final int BLOCK = 64;
	/** Inputs whose gradient is handed out together. */
	private static final int CHUNK = 256;

	private static final int[] PLACES = places();

	private final DenseOrder order;
	private final int units, inputs;
	/** Working memory: sums of forward, pieces of gradients. */
	private final float[] scratch;
	private final int sums = DenseOrder.FIRST, piece;
	/** Weights of forward, {@code [group of 5 units][vector of inputs][unit of the group][lane]}. */
	private final float[] packed;
	/** The factors of a product, {@code [group of 5 rows][term][row of the group]}; and some columns of rows that are in arrays of their own. */
	private final float[] factors, columns;
	/** Four rows that are in arrays of their own. */
	private final float[] quad;

	/**
	 * @param units outputs of the layer
	 * @param inputs inputs of the layer
	 */
	public FewUnitsDense(final int units, final int inputs) {
		order = new DenseOrder(units, inputs, 1);
		this.units = units;
		this.inputs = inputs;
		piece = sums + (GROUP * UNITS * groups(units) + V) * V;
		scratch = new float[piece + units * CHUNK];
		packed = new float[DenseOrder.FIRST + groups(units) * UNITS * inputs];
		final int most = Math.max(units, BLOCK);
		factors = new float[groups(most) * most * FACTORS];
		quad = new float[QUAD * inputs];
		columns = new float[DenseOrder.FIRST + BLOCK * WIDE * V];
	}

	/** Whether this form is to be preferred for a layer: it needs many registers, hence vectors of 16. */
	public static boolean fits(final int units, final int inputs) {
		return V == 16 && units <= MOST_UNITS && inputs >= LEAST_INPUTS;
	}

	@Override
	public DenseOrder order() {
		return order;
	}

	// -- forward --

	@Override
	public void forward(final DenseRows x, final int rows, final float[] weight, final float[] bias, final int fromTile, final int toTile, final float[] y,
		final int yAt, final int yStride)
	{
		final int whole = inputs / V * V, groups = groups(toTile - fromTile), size = QUAD * UNITS;
		for (int g = 0; g < groups; g++) for (int i = 0; i < UNITS; i++) packUnit(weight, order.start(Math.min(toTile - 1, fromTile + g * UNITS + i)), whole,
			DenseOrder.FIRST + g * whole * UNITS + i * V);
		for (int r = 0; r < rows; r += GROUP) {
			final int n = Math.min(GROUP, rows - r), quads = (n + QUAD - 1) / QUAD;
			for (int q = 0; q < quads; q++) forwardQuad(x, r + q * QUAD, Math.min(QUAD, n - q * QUAD), whole, groups, sums + q * groups * size * V);
			addLanes((quads * groups * size + V - 1) / V * V);
			for (int q = 0; q < quads; q++) for (int g = 0; g < groups; g++) {
				final int b = r + q * QUAD, u = fromTile + g * UNITS, at = (q * groups + g) * size;
				if (whole < inputs) addRest(x, b, Math.min(QUAD, rows - b), weight, u, Math.min(UNITS, toTile - u), whole, at);
				put(at, Math.min(QUAD, rows - b), Math.min(UNITS, toTile - u), bias, u, y, yAt + b * yStride + u, yStride);
			}
		}
	}

	/** Puts the lanes of the sums of up to 4 rows and all packed weights into {@link #scratch}. */
	private void forwardQuad(final DenseRows x, final int r, final int rows, final int whole, final int groups, final int at) {
		final int r1 = r + Math.min(1, rows - 1), r2 = r + Math.min(2, rows - 1), r3 = r + Math.min(3, rows - 1);
		float[] from = x.array(r);
		int i0 = x.start(r), i1 = x.start(r1), i2 = x.start(r2), i3 = x.start(r3);
		if (!x.isOneArray()) {
			System.arraycopy(from, i0, quad, 0, whole);
			System.arraycopy(x.array(r1), i1, quad, whole, whole);
			System.arraycopy(x.array(r2), i2, quad, 2 * whole, whole);
			System.arraycopy(x.array(r3), i3, quad, 3 * whole, whole);
			from = quad;
			i0 = 0;
			i1 = whole;
			i2 = 2 * whole;
			i3 = 3 * whole;
		}
		for (int g = 0; g < groups; g++) forward4x5(from, i0, i1, i2, i3, DenseOrder.FIRST + g * whole * UNITS, whole, at + g * QUAD * UNITS * V);
	}

	/** Where sum {@code i} is when lanes have been added. */
	private int place(final int i) {
		return sums + (i & -V) + PLACES[i & V - 1];
	}

	/** Adds the products of the inputs that fill no vector. */
	private void addRest(final DenseRows x, final int r, final int rows, final float[] weight, final int first, final int count, final int whole, final int at) {
		for (int b = 0; b < rows; b++) for (int i = 0; i < count; i++) {
			final int place = place(at + b * UNITS + i);
			scratch[place] = rest(x.array(r + b), x.start(r + b), weight, order.start(first + i), whole, scratch[place]);
		}
	}

	/** Writes the sums of some rows and units, with the bias if there is one. */
	private void put(final int at, final int rows, final int count, final float[] bias, final int first, final float[] y, final int yAt, final int yStride) {
		final float[] s = scratch;
		if (rows == QUAD && count == UNITS && bias.length > 0) { // loops of fixed length are unrolled
			for (int b = 0; b < QUAD; b++) for (int i = 0; i < UNITS; i++) y[yAt + b * yStride + i] = s[place(at + b * UNITS + i)] + bias[first + i];
		}
		else for (int b = 0; b < rows; b++) for (int i = 0; i < count; i++) {
			final float sum = s[place(at + b * UNITS + i)];
			y[yAt + b * yStride + i] = bias.length > 0 ? sum + bias[first + i] : sum;
		}
	}

	/** Adds the products of the inputs from {@code from} on to a sum. */
	private float rest(final float[] x, final int xAt, final float[] weight, final int wAt, final int from, final float start) {
		float sum = start;
		for (int k = from; k < inputs; k++) sum = Math.fma(x[xAt + k], weight[wAt + k], sum);
		return sum;
	}

	/** Copies the weights of a unit to every fifth vector from {@code to} on. */
	private void packUnit(final float[] weight, final int from, final int whole, final int to) {
		for (int k = 0; k < whole; k += V) FloatVector.fromArray(S, weight, from + k).intoArray(packed, to + UNITS * k);
	}

	/**
	 * Adds the 16 lanes of each of {@code n} sums, a multiple of 16, so that each 16 of them end in one vector, that of sum {@code i} in lane
	 * {@link #PLACES}{@code [i]}: two vectors become one, half of each, until one is left. NB: vectors of another length would make all code with
	 * vectors slow, since then C2 does not know any more which ones the methods of the Vector API are called with.
	 */
	private void addLanes(final int n) {
		final float[] s = scratch;
		for (int i = 0; i < n / 2; i++) {
			final int a = sums + 2 * V * i, b = a + V;
			final FloatVector p = FloatVector.fromArray(S, s, a).add(FloatVector.fromArray(S, s, a + 8));
			p.blend(FloatVector.fromArray(S, s, b).add(FloatVector.fromArray(S, s, b - 8)), SECOND8).intoArray(s, sums + V * i);
		}
		for (int i = 0; i < n / 4; i++) {
			final int a = sums + 2 * V * i, b = a + V;
			final FloatVector p = FloatVector.fromArray(S, s, a).add(FloatVector.fromArray(S, s, a + 4));
			p.blend(FloatVector.fromArray(S, s, b).add(FloatVector.fromArray(S, s, b - 4)), SECOND4).intoArray(s, sums + V * i);
		}
		for (int i = 0; i < n / 8; i++) {
			final int a = sums + 2 * V * i, b = a + V;
			final FloatVector p = FloatVector.fromArray(S, s, a).add(FloatVector.fromArray(S, s, a + 2));
			p.blend(FloatVector.fromArray(S, s, b).add(FloatVector.fromArray(S, s, b - 2)), SECOND2).intoArray(s, sums + V * i);
		}
		for (int i = 0; i < n / 16; i++) {
			final int a = sums + 2 * V * i, b = a + V;
			final FloatVector p = FloatVector.fromArray(S, s, a).add(FloatVector.fromArray(S, s, a + 1));
			p.blend(FloatVector.fromArray(S, s, b).add(FloatVector.fromArray(S, s, b - 1)), SECOND1).intoArray(s, sums + V * i);
		}
	}

	private static VectorMask<Float> second(final int block) {
		final boolean[] lanes = new boolean[V];
		for (int l = 0; l < V; l++) lanes[l] = l / block % 2 == 1;
		return VectorMask.fromArray(S, lanes, 0);
	}

	/** Four bits in the other order. */
	private static int[] places() {
		final int[] places = new int[16];
		for (int i = 0; i < places.length; i++) places[i] = Integer.reverse(i) >>> 28;
		return places;
	}

	private static int groups(final int units) {
		return (units + UNITS - 1) / UNITS;
	}

	/** Puts the lanes of the sums of 4 rows, which begin at {@code i0 ... i3}, and 5 units, whose packed weights begin at {@code wAt}, into {@link #scratch}. */
	private void forward4x5(final float[] x, final int i0, final int i1, final int i2, final int i3, final int wAt, final int whole, final int at) {
		final float[] weight = packed, scratch = this.scratch;
		FloatVector s00 = FloatVector.zero(S), s01 = s00, s02 = s00, s03 = s00, s04 = s00;
		FloatVector s10 = s00, s11 = s00, s12 = s00, s13 = s00, s14 = s00;
		FloatVector s20 = s00, s21 = s00, s22 = s00, s23 = s00, s24 = s00;
		FloatVector s30 = s00, s31 = s00, s32 = s00, s33 = s00, s34 = s00;
		for (int k = 0; k < whole; k += V) {
			final FloatVector a = FloatVector.fromArray(S, x, i0 + k), b = FloatVector.fromArray(S, x, i1 + k);
			final FloatVector c = FloatVector.fromArray(S, x, i2 + k), d = FloatVector.fromArray(S, x, i3 + k);
			final int j = wAt + UNITS * k;
			FloatVector w = FloatVector.fromArray(S, weight, j);
			s00 = a.fma(w, s00);
			s10 = b.fma(w, s10);
			s20 = c.fma(w, s20);
			s30 = d.fma(w, s30);
			w = FloatVector.fromArray(S, weight, j + V);
			s01 = a.fma(w, s01);
			s11 = b.fma(w, s11);
			s21 = c.fma(w, s21);
			s31 = d.fma(w, s31);
			w = FloatVector.fromArray(S, weight, j + 2 * V);
			s02 = a.fma(w, s02);
			s12 = b.fma(w, s12);
			s22 = c.fma(w, s22);
			s32 = d.fma(w, s32);
			w = FloatVector.fromArray(S, weight, j + 3 * V);
			s03 = a.fma(w, s03);
			s13 = b.fma(w, s13);
			s23 = c.fma(w, s23);
			s33 = d.fma(w, s33);
			w = FloatVector.fromArray(S, weight, j + 4 * V);
			s04 = a.fma(w, s04);
			s14 = b.fma(w, s14);
			s24 = c.fma(w, s24);
			s34 = d.fma(w, s34);
		}
		s00.intoArray(scratch, at);
		s01.intoArray(scratch, at + 1 * V);
		s02.intoArray(scratch, at + 2 * V);
		s03.intoArray(scratch, at + 3 * V);
		s04.intoArray(scratch, at + 4 * V);
		s10.intoArray(scratch, at + 5 * V);
		s11.intoArray(scratch, at + 6 * V);
		s12.intoArray(scratch, at + 7 * V);
		s13.intoArray(scratch, at + 8 * V);
		s14.intoArray(scratch, at + 9 * V);
		s20.intoArray(scratch, at + 10 * V);
		s21.intoArray(scratch, at + 11 * V);
		s22.intoArray(scratch, at + 12 * V);
		s23.intoArray(scratch, at + 13 * V);
		s24.intoArray(scratch, at + 14 * V);
		s30.intoArray(scratch, at + 15 * V);
		s31.intoArray(scratch, at + 16 * V);
		s32.intoArray(scratch, at + 17 * V);
		s33.intoArray(scratch, at + 18 * V);
		s34.intoArray(scratch, at + 19 * V);
	}

	// -- gradients --

	@Override
	public void inputGradient(final float[] dy, final int dyAt, final int dyStride, final int rows, final float[] weight, final int from, final int to,
		final float[] dx, final int dxAt, final int dxStride)
	{
		final DenseRows w = DenseRows.of(weight, order.start(0) + from, inputs);
		for (int b = 0; b < rows; b++) Arrays.fill(dx, dxAt + b * dxStride + from, dxAt + b * dxStride + to, 0);
		for (int r = 0; r < rows; r += BLOCK) product(dy, dyAt + r * dyStride, dyStride, 1, Math.min(BLOCK, rows - r), w, dx, dxAt + r * dxStride + from, dxStride,
			units, to - from);
	}

	@Override
	public void weightGradient(final DenseRows x, final float[] dy, final int dyAt, final int dyStride, final int rows,
		final int from, final int to, final float[] gradient)
	{
		for (int r = 0; r < rows; r += BLOCK) product(dy, dyAt + r * dyStride, 1, dyStride, units, x.from(r, from), gradient, order.start(0) +
			from, inputs, Math.min(BLOCK, rows - r), to - from);
	}

	@Override
	public void update(final DenseRows x, final float[] dy, final int dyAt, final int dyStride, final int rows,
		final int from, final int to, final Update update)
	{
		for (int k = from; k < to; k += CHUNK) {
			final int n = Math.min(CHUNK, to - k);
			Arrays.fill(scratch, piece, piece + units * CHUNK, 0);
			for (int r = 0; r < rows; r += BLOCK) product(dy, dyAt + r * dyStride, 1, dyStride, units, x.from(r, k), scratch, piece, CHUNK, Math.min(BLOCK, rows - r), n);
			for (int u = 0; u < units; u++) update.apply(order.start(u) + k, order.start(u) + k + n, scratch, piece + u * CHUNK);
		}
	}

	/**
	 * {@code c[m][i] += sum over k of a(m, k) * b[k][i]} for {@code n} rows and {@code terms} terms, at most 64, in the order of {@code k}; the factors are
	 * {@code a[aAt + m * aRow + k * aStep]}.
	 */
	private void product(final float[] a, final int aAt, final int aRow, final int aStep, final int n, final DenseRows b, final float[] c, final int cAt,
		final int cRow, final int terms, final int width)
	{
		pack(a, aAt, aRow, aStep, n, terms);
		final boolean direct = b.isOneArray();
		final float[] from = direct ? b.array(0) : columns;
		final int step = direct ? b.stride() : WIDE * V, group = FACTORS * terms;
		int x = 0;
		for (; x + V <= width; x += x + WIDE * V <= width ? WIDE * V : V) {
			final boolean wide = x + WIDE * V <= width;
			if (!direct) for (int k = 0; k < terms; k++) System.arraycopy(b.array(k), b.start(k) + x, columns, DenseOrder.FIRST + k * WIDE * V, wide ? WIDE * V : V);
			final int at = direct ? b.start(0) + x : DenseOrder.FIRST;
			for (int m = 0, f = 0; m < n; m += PRODUCTS, f += group) {
				if (wide) product5x3(factors, f, Math.min(PRODUCTS, n - m), from, at, step, c, cAt + m * cRow + x, cRow, terms);
				else product5x1(factors, f, Math.min(PRODUCTS, n - m), from, at, step, c, cAt + m * cRow + x, cRow, terms);
			}
		}
		for (; x < width; x++) for (int m = 0; m < n; m++) {
			float sum = c[cAt + m * cRow + x];
			for (int k = 0, i = aAt + m * aRow; k < terms; k++, i += aStep) sum = Math.fma(a[i], b.array(k)[b.start(k) + x], sum);
			c[cAt + m * cRow + x] = sum;
		}
	}

	/** Copies the factors of {@link #product} to {@code [group of 5 rows][term][row of the group]}, rows that are missing repeating the last one. */
	private void pack(final float[] a, final int aAt, final int aRow, final int aStep, final int n, final int terms) {
		for (int m = 0; m < (n + PRODUCTS - 1) / PRODUCTS * PRODUCTS; m++) {
			final int from = aAt + Math.min(m, n - 1) * aRow, to = m / PRODUCTS * FACTORS * terms + m % PRODUCTS;
			for (int k = 0; k < terms; k++) factors[to + FACTORS * k] = a[from + aStep * k];
		}
	}

	// NB: no loops over registers, as in Panel. Rows that are missing repeat the last one, with the same result.

	/** {@link #product} of up to 5 rows and 3 vectors. */
	private static void product5x3(final float[] a, final int aAt, final int n, final float[] b, final int bAt, final int bStep, final float[] c,
		final int cAt, final int cRow, final int terms)
	{
		final int c0 = cAt, c1 = cAt + Math.min(1, n - 1) * cRow, c2 = cAt + Math.min(2, n - 1) * cRow, c3 = cAt + Math.min(3, n - 1) * cRow, c4 = cAt + Math.min(4, n - 1) * cRow;
		FloatVector p0 = FloatVector.fromArray(S, c, c0), q0 = FloatVector.fromArray(S, c, c0 + V), r0 = FloatVector.fromArray(S, c, c0 + 2 * V);
		FloatVector p1 = FloatVector.fromArray(S, c, c1), q1 = FloatVector.fromArray(S, c, c1 + V), r1 = FloatVector.fromArray(S, c, c1 + 2 * V);
		FloatVector p2 = FloatVector.fromArray(S, c, c2), q2 = FloatVector.fromArray(S, c, c2 + V), r2 = FloatVector.fromArray(S, c, c2 + 2 * V);
		FloatVector p3 = FloatVector.fromArray(S, c, c3), q3 = FloatVector.fromArray(S, c, c3 + V), r3 = FloatVector.fromArray(S, c, c3 + 2 * V);
		FloatVector p4 = FloatVector.fromArray(S, c, c4), q4 = FloatVector.fromArray(S, c, c4 + V), r4 = FloatVector.fromArray(S, c, c4 + 2 * V);
		for (int k = 0; k < terms; k++) {
			final int i = aAt + FACTORS * k, j = bAt + k * bStep;
			final FloatVector t = FloatVector.fromArray(S, b, j), u = FloatVector.fromArray(S, b, j + V), v = FloatVector.fromArray(S, b, j + 2 * V);
			FloatVector f = FloatVector.broadcast(S, a[i]);
			p0 = t.fma(f, p0);
			q0 = u.fma(f, q0);
			r0 = v.fma(f, r0);
			f = FloatVector.broadcast(S, a[i + 1]);
			p1 = t.fma(f, p1);
			q1 = u.fma(f, q1);
			r1 = v.fma(f, r1);
			f = FloatVector.broadcast(S, a[i + 2]);
			p2 = t.fma(f, p2);
			q2 = u.fma(f, q2);
			r2 = v.fma(f, r2);
			f = FloatVector.broadcast(S, a[i + 3]);
			p3 = t.fma(f, p3);
			q3 = u.fma(f, q3);
			r3 = v.fma(f, r3);
			f = FloatVector.broadcast(S, a[i + 4]);
			p4 = t.fma(f, p4);
			q4 = u.fma(f, q4);
			r4 = v.fma(f, r4);
		}
		p0.intoArray(c, c0);
		q0.intoArray(c, c0 + V);
		r0.intoArray(c, c0 + 2 * V);
		p1.intoArray(c, c1);
		q1.intoArray(c, c1 + V);
		r1.intoArray(c, c1 + 2 * V);
		p2.intoArray(c, c2);
		q2.intoArray(c, c2 + V);
		r2.intoArray(c, c2 + 2 * V);
		p3.intoArray(c, c3);
		q3.intoArray(c, c3 + V);
		r3.intoArray(c, c3 + 2 * V);
		p4.intoArray(c, c4);
		q4.intoArray(c, c4 + V);
		r4.intoArray(c, c4 + 2 * V);
	}

	/** {@link #product} of up to 5 rows and 1 vector. */
	private static void product5x1(final float[] a, final int aAt, final int n, final float[] b, final int bAt, final int bStep, final float[] c,
		final int cAt, final int cRow, final int terms)
	{
		final int c0 = cAt, c1 = cAt + Math.min(1, n - 1) * cRow, c2 = cAt + Math.min(2, n - 1) * cRow, c3 = cAt + Math.min(3, n - 1) * cRow, c4 = cAt + Math.min(4, n - 1) * cRow;
		FloatVector s0 = FloatVector.fromArray(S, c, c0);
		FloatVector s1 = FloatVector.fromArray(S, c, c1);
		FloatVector s2 = FloatVector.fromArray(S, c, c2);
		FloatVector s3 = FloatVector.fromArray(S, c, c3);
		FloatVector s4 = FloatVector.fromArray(S, c, c4);
		for (int k = 0; k < terms; k++) {
			final int i = aAt + FACTORS * k, j = bAt + k * bStep;
			final FloatVector t = FloatVector.fromArray(S, b, j);
			s0 = t.fma(FloatVector.broadcast(S, a[i]), s0);
			s1 = t.fma(FloatVector.broadcast(S, a[i + 1]), s1);
			s2 = t.fma(FloatVector.broadcast(S, a[i + 2]), s2);
			s3 = t.fma(FloatVector.broadcast(S, a[i + 3]), s3);
			s4 = t.fma(FloatVector.broadcast(S, a[i + 4]), s4);
		}
		s0.intoArray(c, c0);
		s1.intoArray(c, c1);
		s2.intoArray(c, c2);
		s3.intoArray(c, c3);
		s4.intoArray(c, c4);
	}
}
