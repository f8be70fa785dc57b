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
package sc.fiji.glia.compute;

import java.util.List;
import java.util.function.BooleanSupplier;

import sc.fiji.glia.data.Normalization;
import sc.fiji.glia.data.Sample;
import sc.fiji.glia.engine.exec.Workers;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Weights;

/** Inference in this process: of many images each has a thread, few images share all threads. */
public final class LocalInference implements Inference {

	private final ImagePredictor predictor;
	private final Explainer explainer;
	private final Workers workers;
	private final int lanes;

	/**
	 * @param threads number of threads; the result does not depend on it
	 * @param images number of images that there are
	 */
	public LocalInference(final Graph graph, final Weights weights, final Normalization normalization, final int threads, final int images) {
		predictor = ImagePredictor.of(graph, weights, normalization);
		explainer = new Explainer(graph, weights, normalization);
		lanes = images >= threads && !graph.readsWholeImage() ? threads : 1;
		workers = new Workers(lanes > 1 ? 1 : threads);
	}

	@Override
	public int lanes() {
		return lanes;
	}

	@Override
	public float[][][] predict(final List<Sample> images, final BooleanSupplier cancelled) {
		return predictor.predict(images, workers, cancelled);
	}

	@Override
	public Explanation explain(final Explanation.Method method, final Sample image, final int target, final BooleanSupplier cancelled) {
		return explainer.explain(method, image, target, workers, cancelled);
	}

	@Override
	public void close() {
		workers.close();
	}
}
