package sc.fiji.glia.engine.exec;

import java.util.Map;

import sc.fiji.glia.engine.kernel.Scratch;

/**
 * One node's part in a plan. Its planes were assigned when the plan was made. Most layers work image by image; a layer that needs the
 * whole batch (batch normalisation) adds work in between.
 */
abstract class Step {

	/** Work on one image. */
	@FunctionalInterface
	interface ImageWork {

		/**
		 * @param image number of the image in the batch
		 * @param lane number of the lane that the image belongs to; the images of a lane are worked on in order, one at a time
		 * @param scratch working memory of the thread
		 */
		void run(int image, int lane, Scratch scratch);
	}

	/** Takes the work of a pass in the order in which it is to be done. */
	interface Program {

		/** For each image of the batch, on any thread. */
		void each(ImageWork work);

		/** Once, after all images have had the work before it; {@code images} is the number of images in the batch. */
		void once(java.util.function.IntConsumer work);
	}

	/** Adds this node's forward work. */
	abstract void forward(Program program);

	/** Adds this node's backward work: from the gradient of its output to those of its inputs and weights. */
	abstract void backward(Program program);

	/** Done before each backward pass, for all steps in any order. */
	void beforeBackward() {}

	/** Done after each backward pass, for all steps in any order: brings the gradients of the weights into their final form. */
	void afterBackward() {}

	/** Puts the arrays that hold the gradients of the weights after a backward pass into {@code gradients}, by name. */
	void gradients(final Map<String, float[]> gradients) {}
}
