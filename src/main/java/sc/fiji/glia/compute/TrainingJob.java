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

import sc.fiji.glia.data.Augmentation;
import sc.fiji.glia.data.Normalization;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.train.Trainer;

/**
 * A training, but for its samples and the weights that it starts from.
 *
 * @param graph the network
 * @param normalization how values are normalised
 * @param source what is drawn from the samples
 * @param settings how to train; its seed is that of the draws too
 * @param train the samples to train on
 * @param validation the samples to judge each epoch by; empty for none
 * @param examples the samples whose predictions are shown after each epoch
 * @param cacheBytes memory for normalised training samples; those that do not fit are read again for each draw
 * @param threads number of threads; the weights do not depend on it
 */
public record TrainingJob(Graph graph, Normalization normalization, Source source, Trainer.Settings settings, int[] train, int[] validation,
	int[] examples, long cacheBytes, int threads)
{

	/** The same with other settings, and another memory for training samples; the weights that come of it must not depend on them. */
	public TrainingJob with(final Trainer.Settings other, final long otherCacheBytes) {
		return new TrainingJob(graph, normalization, source, other, train, validation, examples, otherCacheBytes, threads);
	}

	/** What is drawn from the samples for training. */
	public sealed interface Source permits Patches, WholeImages {}

	/**
	 * Patches with a label for each pixel: a segmentation.
	 *
	 * @param augmentation how patches are varied
	 * @param foregroundShare share of the patches that are centred on foreground
	 */
	public record Patches(Augmentation augmentation, double foregroundShare) implements Source {}

	/**
	 * Whole images with a class each, all of the size that the network takes: a classification.
	 *
	 * @param augmentation how images are varied
	 * @param labels class of each sample
	 */
	public record WholeImages(Augmentation augmentation, int[] labels) implements Source {}
}
