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

import sc.fiji.glia.engine.exec.Step.ImageWork;
import sc.fiji.glia.engine.exec.Step.PartWork;
import sc.fiji.glia.engine.exec.Step.SharedWork;
import sc.fiji.glia.engine.exec.Step.Turn;
import sc.fiji.glia.engine.kernel.Team;

/**
 * The work of one pass, ready to run. Consecutive work on images is done image by image, so that an image stays in the cache; the images
 * are dealt to a fixed number of lanes, whatever the number of threads. Where there are fewer images than threads, the threads share each
 * image.
 */
final class Stages implements Step.Program {

	/** Work on each image, or on the whole batch in shares; of parts, as many shares as are good for the threads. */
	private record Stage(List<ImageWork> each, int shares, boolean parts, SharedWork shared, PartWork work) {

		void run(final int images, final Workers workers, final Turn[] turns) {
			final int threads = workers.count(), n = !parts || threads == 1 ? 1 : Math.max(Math.min(shares, threads), Math.min(shares / 2, 2 * threads));
			if (parts) workers.run(n, (i, worker) -> work.run((int) ((long) i * shares / n), (int) ((i + 1L) * shares / n), images));
			else workers.run(shares, (i, worker) -> shared.run(i, images, turns[worker].scratch));
		}
	}

	private final List<Stage> stages = new ArrayList<>();
	private final int lanes;
	private final boolean together;

	/** @param together whether the threads share each image, however many there are */
	Stages(final int lanes, final boolean together) {
		this.lanes = lanes;
		this.together = together;
	}

	@Override
	public void each(final ImageWork work) {
		if (stages.isEmpty() || stages.get(stages.size() - 1).shares > 0) stages.add(new Stage(new ArrayList<>(), 0, false, null, null));
		stages.get(stages.size() - 1).each.add(work);
	}

	@Override
	public void once(final IntConsumer work) {
		share(1, (share, images, scratch) -> work.accept(images));
	}

	@Override
	public void share(final int shares, final SharedWork work) {
		stages.add(new Stage(List.of(), shares, false, work, null));
	}

	@Override
	public void parts(final int count, final PartWork work) {
		stages.add(new Stage(List.of(), count, true, null, work));
	}

	/**
	 * Runs the pass on the first {@code images} images of the batch.
	 *
	 * @param keeps whether each image has feature maps of its own, or each thread, which needs all work on images to come before that on the batch, or
	 *          after it
	 * @param first done with an image before its work
	 */
	void run(final int images, final Workers workers, final Turn[] turns, final boolean keeps, final ImageWork first) {
		for (final Stage stage : stages) {
			if (stage.shares > 0) stage.run(images, workers, turns);
			else each(images, workers, turns, turn -> {
				if (keeps) turn.slot = turn.image;
				first.run(turn);
				for (final ImageWork work : stage.each) work.run(turn);
			});
		}
	}

	/** Runs all work on one image, where there is no other work. */
	void run(final Turn turn) {
		for (final Stage stage : stages) for (final ImageWork work : stage.each) work.run(turn);
	}

	/** Work on each image: by lanes, or if there are too few images for the threads, by all threads one image after the other. */
	void each(final int images, final Workers workers, final Turn[] turns, final ImageWork work) {
		final int used = Math.min(lanes, images);
		if (workers.count() > 1 && (together || used < 2 * workers.count() && used % workers.count() != 0)) {
			final Turn turn = turns[0];
			turn.team = new Team() {

				@Override
				public int threads() {
					return workers.count();
				}

				@Override
				public void run(final int tasks, final Task task) {
					workers.run(tasks, (i, worker) -> task.run(i, turns[worker].scratch));
				}
			};
			try {
				for (int i = 0; i < images; i++) run(turn, i, i % lanes, 0, work);
			}
			finally {
				turn.team = turn::alone;
			}
		}
		else workers.run(used, (lane, worker) -> {
			for (int i = lane; i < images; i += lanes) run(turns[worker], i, lane, worker, work);
		});
	}

	private static void run(final Turn turn, final int image, final int lane, final int slot, final ImageWork work) {
		turn.image = image;
		turn.lane = lane;
		turn.slot = slot;
		work.run(turn);
	}
}
