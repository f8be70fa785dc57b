package sc.fiji.glia.engine.exec;

import java.util.Map;
import java.util.function.IntConsumer;

import sc.fiji.glia.engine.kernel.Scratch;

/**
 * One node's part in a plan. Its planes were assigned when the plan was made. Most layers work image by image; a layer that needs the
 * whole batch (batch normalisation) adds work in between.
 */
abstract class Step {

	/**
	 * The planes that a node works on, {@code [image][channel][y * width + x]}.
	 *
	 * @param x input
	 * @param y output; may be {@code x} for layers that work in place
	 * @param dx gradient of the input; of length 0 if nobody needs it
	 * @param dy gradient of the output; of length 0 in a plan without backward pass, or if the node does not reach the network's output
	 * @param add whether to add to {@code dx} instead of overwriting it
	 */
	record Planes(float[][][] x, float[][][] y, float[][][] dx, float[][][] dy, boolean add) {}

	/** See {@link Planes}. */
	final float[][][] x, y, dx, dy;
	final boolean add;

	Step(final Planes planes) {
		x = planes.x;
		y = planes.y;
		dx = planes.dx;
		dy = planes.dy;
		add = planes.add;
	}

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
		void once(IntConsumer work);
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
