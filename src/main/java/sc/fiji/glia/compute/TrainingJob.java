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
 * A training of a segmentation network, but for its samples and the weights that it starts from.
 *
 * @param graph the network
 * @param normalization how values are normalised
 * @param augmentation how patches are varied
 * @param foregroundShare share of the patches that are centred on foreground
 * @param settings how to train; its seed is that of the patches too
 * @param train the samples to train on
 * @param validation the samples to judge each epoch by; empty for none
 * @param example the sample whose prediction is shown after each epoch
 * @param cacheBytes memory for normalised training samples; those that do not fit are read again for each patch
 * @param threads number of threads; the weights do not depend on it
 */
public record TrainingJob(Graph graph, Normalization normalization, Augmentation augmentation, double foregroundShare, Trainer.Settings settings,
	int[] train, int[] validation, int example, long cacheBytes, int threads)
{}
