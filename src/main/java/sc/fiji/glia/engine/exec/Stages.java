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

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

import sc.fiji.glia.engine.kernel.Scratch;

/**
 * The work of one pass, ready to run. Consecutive work on images is done image by image, so that an image stays in the cache; the images
 * are dealt to a fixed number of lanes, whatever the number of threads.
 */
final class Stages implements Step.Program {

	/** Either work on each image, or work done once. */
	private record Stage(List<Step.ImageWork> each, List<IntConsumer> once) {}

	private final List<Stage> stages = new ArrayList<>();
	private final int lanes;

	Stages(final int lanes) {
		this.lanes = lanes;
	}

	@Override
	public void each(final Step.ImageWork work) {
		if (stages.isEmpty() || !stages.get(stages.size() - 1).once().isEmpty()) stages.add(new Stage(new ArrayList<>(), new ArrayList<>()));
		stages.get(stages.size() - 1).each().add(work);
	}

	@Override
	public void once(final IntConsumer work) {
		if (stages.isEmpty()) stages.add(new Stage(new ArrayList<>(), new ArrayList<>()));
		stages.get(stages.size() - 1).once().add(work);
	}

	/** Runs the pass on the first {@code images} images of the batch. */
	void run(final int images, final Workers workers, final Scratch[] scratch) {
		for (final Stage stage : stages) {
			workers.run(Math.min(lanes, images), (lane, worker) -> {
				for (int i = lane; i < images; i += lanes) for (final Step.ImageWork work : stage.each()) work.run(i, lane, scratch[worker]);
			});
			for (final IntConsumer work : stage.once()) work.accept(images);
		}
	}
}
