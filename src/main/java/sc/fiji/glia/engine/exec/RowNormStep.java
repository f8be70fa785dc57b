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
package sc.fiji.glia.engine.exec;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

import sc.fiji.glia.engine.graph.BatchNorm;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.Scratch;

/** {@link BatchNorm} on vectors: statistics of each value over the images of the batch, whose rows are treated as the pixels of one image. */
final class RowNormStep extends RowStep {

	private static final int SHARES = 8;

	private final NormStatistics statistics;
	private final boolean training;
	private final RowMapSteps.Maps m;
	private final int width;

	RowNormStep(final String name, final BatchNorm layer, final Weights weights, final RowMapSteps.Maps maps, final boolean training) {
		super((long) maps.rows() * maps.y().width());
		this.training = training;
		m = maps;
		width = m.y().width();
		statistics = new NormStatistics(name, layer, weights, IntStream.range(0, width).toArray(), 1);
	}

	@Override
	void beforeForward(final Scratch scratch) {
		if (!training) statistics.running();
	}

	@Override
	void forward(final Program program) {
		if (training) {
			program.once(statistics::pixels);
			program.share(SHARES, (s, images, scratch) -> sums(images, s * width / SHARES, (s + 1) * width / SHARES));
			program.once(images -> statistics.ofBatch(1));
		}
		super.forward(program);
	}

	/** Sums and squared deviations of some values. */
	private void sums(final int images, final int from, final int to) {
		final float[] x = m.x().of(0);
		final NormStatistics.Image s = statistics.image(0);
		Arrays.fill(s.sum, from, to, 0);
		Arrays.fill(s.squares, from, to, 0);
		for (int i = 0; i < images; i++) for (int u = from; u < to; u++) s.sum[u] += x[i * width + u];
		s.center(from, to - from);
		for (int i = 0; i < images; i++) for (int u = from; u < to; u++) {
			final double d = (double) x[i * width + u] - s.mean[u];
			s.squares[u] += d * d;
		}
	}

	@Override
	void forward(final Rows r) {
		final float[] x = m.x().of(r.slot()), y = m.y().of(r.slot()), factor = statistics.factor, shift = statistics.shift;
		for (int i = r.from(), at = i * width; i < r.to(); i++, at += width) for (int u = 0; u < width; u++) y[at + u] = Math.fma(x[at + u], factor[u], shift[u]);
	}

	@Override
	void backward(final Program program) {
		program.share(SHARES, (s, images, scratch) -> products(images, s * width / SHARES, (s + 1) * width / SHARES));
		program.once(images -> statistics.gradients(1));
		if (!m.dx().isEmpty()) super.backward(program);
	}

	private void products(final int images, final int from, final int to) {
		final float[] x = m.x().of(0), dy = m.dy().of(0), center = statistics.center;
		final NormStatistics.Image s = statistics.image(0);
		Arrays.fill(s.sum, from, to, 0);
		Arrays.fill(s.squares, from, to, 0);
		for (int i = 0; i < images; i++) for (int u = from; u < to; u++) {
			final double d = dy[i * width + u];
			s.sum[u] += d;
			s.squares[u] += d * (x[i * width + u] - center[u]);
		}
	}

	@Override
	void backward(final Rows r) {
		final float[] x = m.x().of(r.slot()), dy = m.dy().of(r.slot()), dx = m.dx().of(r.slot()), a = statistics.a, b = statistics.b, c = statistics.c;
		for (int i = r.from(), at = i * width; i < r.to(); i++, at += width) for (int u = 0; u < width; u++) {
			final float d = Math.fma(a[u], dy[at + u], Math.fma(b[u], x[at + u], c[u]));
			dx[at + u] = m.add() ? dx[at + u] + d : d;
		}
	}

	@Override
	void gradients(final Map<String, float[]> gradients) {
		statistics.gradients(gradients);
	}
}
