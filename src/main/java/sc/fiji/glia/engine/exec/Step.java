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

import java.util.Map;
import java.util.function.IntConsumer;

import sc.fiji.glia.engine.kernel.Scratch;
import sc.fiji.glia.engine.kernel.Team;

/**
 * One node's part in a plan. Where it reads and writes was decided when the plan was made. Most layers work image by image; a layer that
 * needs the whole batch (batch normalisation, dense layers) adds work in between.
 */
abstract class Step {

	/** What work on one image may use. */
	static final class Turn {

		/** Number of the image in the batch, of the feature maps that it is given, and of the lane that it belongs to. */
		int image, slot, lane;
		/** Working memory of the thread. */
		final Scratch scratch = new Scratch();
		/** Who shares the work on the image. */
		Team team = this::alone;

		void alone(final int tasks, final Team.Task task) {
			for (int i = 0; i < tasks; i++) task.run(i, scratch);
		}
	}

	/** Work on one image; the images of a lane are worked on in order, one at a time. */
	@FunctionalInterface
	interface ImageWork {

		void run(Turn turn);
	}

	/** A share of work on the whole batch. */
	@FunctionalInterface
	interface SharedWork {

		/**
		 * @param share number of the share
		 * @param images number of images in the batch
		 * @param scratch working memory of the thread
		 */
		void run(int share, int images, Scratch scratch);
	}

	/** Some of the parts of work on the whole batch; the result must not depend on which parts are done together. */
	@FunctionalInterface
	interface PartWork {

		/**
		 * @param from the first part
		 * @param to after the last part
		 * @param images number of images in the batch
		 */
		void run(int from, int to, int images);
	}

	/** Takes the work of a pass in the order in which it is to be done. */
	interface Program {

		/** For each image of the batch, on any thread. */
		void each(ImageWork work);

		/** Once, after all images have had the work before it; {@code images} is the number of images in the batch. */
		void once(IntConsumer work);

		/** In shares, on any threads, after all images have had the work before it. */
		void share(int shares, SharedWork work);

		/** In parts {@code 0 ... count - 1}, as many of them together as the number of threads allows, after all images have had the work before it. */
		void parts(int count, PartWork work);
	}

	/** Adds this node's forward work. */
	abstract void forward(Program program);

	/** Adds this node's backward work: from the gradient of its output to those of its inputs and weights. */
	abstract void backward(Program program);

	/** Whether the step reads and writes feature maps, image by image unless it is batch norm. */
	boolean isOfMaps() {
		return true;
	}

	/** Whether the step has weights that learn, in a form of their own for the passes. */
	boolean learns() {
		return false;
	}

	/**
	 * Done before the first forward pass, and before each one if the step {@link #learns}, for all steps in any order: brings the weights into the
	 * form that the passes want.
	 */
	void beforeForward(final Scratch scratch) {}

	/** Done before each backward pass, for all steps in any order. */
	void beforeBackward() {}

	/** Done after each backward pass, for all steps in any order: brings the gradients of the weights into their final form. */
	void afterBackward() {}

	/** Puts the arrays that hold the gradients of the weights after a backward pass into {@code gradients}, by name. */
	void gradients(final Map<String, float[]> gradients) {}
}
