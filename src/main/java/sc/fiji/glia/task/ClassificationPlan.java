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
package sc.fiji.glia.task;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import sc.fiji.glia.compute.TrainingJob;
import sc.fiji.glia.data.Augmentation;
import sc.fiji.glia.data.Fingerprint;
import sc.fiji.glia.data.LabelledImages;
import sc.fiji.glia.data.Normalization;
import sc.fiji.glia.data.Normalization.Method;
import sc.fiji.glia.data.Normalization.Scope;
import sc.fiji.glia.data.Preparation;
import sc.fiji.glia.data.Sample;
import sc.fiji.glia.data.Samples;
import sc.fiji.glia.data.Split;
import sc.fiji.glia.data.Watch;
import sc.fiji.glia.engine.graph.Cnn;
import sc.fiji.glia.engine.graph.DenseNetwork;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Initialization;
import sc.fiji.glia.engine.graph.ResidualNetwork;
import sc.fiji.glia.engine.graph.Shape;
import sc.fiji.glia.engine.kernel.Kernels;
import sc.fiji.glia.engine.train.Loss;
import sc.fiji.glia.engine.train.Optimizer;
import sc.fiji.glia.engine.train.Schedule;
import sc.fiji.glia.engine.train.Trainer;
import sc.fiji.glia.model.Model;

/**
 * The settings of a classification's training that are left automatic, derived from the training data; and the reason of each. Like
 * {@link Recommendation}, for whole images.
 *
 * @param graph the network
 * @param initialization how its weights are drawn
 * @param method how values are normalised
 * @param scope on what the normalisation is fitted
 * @param preparation what is done to an image first
 * @param width columns that images are resized to, in pixels
 * @param height rows that images are resized to, in pixels
 * @param batch images of a step
 * @param steps steps of an epoch
 * @param epochs epochs at the most
 * @param patience epochs without improvement until the end; 0 for never
 * @param loss the loss
 * @param optimizer the optimizer
 * @param schedule the schedule
 * @param rate learning rate at the start
 * @param decay factor of the L2 regularisation
 * @param augmentation how images are varied
 * @param frozen names of the weights that stay as they are
 * @param averaging share of the past in the moving average of the weights; 0 for none
 * @param reasons one line for each setting
 * @param used the value that is used of each setting that can be left automatic, by key
 */
record ClassificationPlan(Graph graph, Initialization initialization, Method method, Scope scope, Preparation preparation, int width, int height, int batch,
	int steps, int epochs, int patience, Loss loss, Optimizer optimizer, Schedule schedule, double rate, double decay, Augmentation augmentation,
	List<String> frozen, double averaging, List<String> reasons, Map<String, String> used)
{

	/** Names of the networks that can be chosen. */
	static final List<String> NETWORKS = List.of("auto", "Dense 512", "CNN 32-64", "CNN 128", "Dense 10");

	/** Multiplications and additions that an automatic training spends, as {@link Recommendation} does: ten minutes of vector instructions on two cores. */
	private static final double BUDGET = 1e14;
	/** Epochs of an automatic training. */
	private static final int FEWEST = 8, MOST = 60;
	/** Images seen, each epoch anew, after which more epochs gain little. */
	private static final int ENOUGH = 400_000;
	/** Longest and shortest side of an image that the automatic network takes, in pixels. */
	private static final int LONGEST = 128, SHORTEST = 16;
	/** Images that are looked at to foresee the size. */
	private static final int LOOKED_AT = 9;
	/** From this many images on, batches are larger. */
	private static final int MANY = 10_000;
	/** The largest class may have so many times the images of the smallest one before classes are weighed. */
	private static final double UNEVEN = 1.5;
	/** Share of a label that is given to all classes alike where labels are smoothed. */
	private static final double SMOOTHING = 0.1;
	/** The weights are averaged over so large a part of the training. */
	private static final double AVERAGED = 0.05;

	/** What a network asks for, if it is not derived from the data. */
	private record Preset(int size, Initialization initialization, int batch, int epochs, String optimizer, double rate, String schedule, double decay,
		String augment)
	{

		static Preset of(final String network) {
			return switch (network) {
				case "Dense 512" -> new Preset(300, Initialization.HE, 32, 50, "sgd", 0.01, "decay", 0, "none");
				case "CNN 32-64" -> new Preset(240, Initialization.HE, 32, 20, "adam", 0.001, "constant", 0.001, "none");
				case "CNN 128" -> new Preset(50, Initialization.HE, 32, 20, "adam", 0.001, "constant", 0, "none");
				case "Dense 10" -> new Preset(28, Initialization.UNIFORM, 0, 500, "descent", 0.1, "constant", 0, "none");
				default -> throw new IllegalArgumentException("network: expected one of " + NETWORKS + ", got '" + network + "'");
			};
		}

		Graph graph(final String network, final int channels, final int size, final int classes) {
			return switch (network) {
				case "Dense 512" -> new DenseNetwork(channels, size, size, classes, List.of(512), true, 0.2f).graph();
				case "CNN 32-64" -> Cnn.cnn32x64(channels, size, size, classes).graph();
				case "CNN 128" -> new Cnn(channels, size, size, classes, List.of(128), List.of(512)).graph();
				default -> new DenseNetwork(channels, size, size, classes, List.of(10), false, 0).graph();
			};
		}
	}

	/**
	 * Derives what is left automatic in {@code values}.
	 *
	 * @param data of the training images, as they are
	 * @param images the images, with their classes
	 * @param train indices of the training images
	 * @param memory bytes that there are for training
	 * @param kernels those that will train
	 */
	static ClassificationPlan of(final Values values, final Fingerprint data, final LabelledImages images, final int[] train, final long memory,
		final Kernels kernels)
	{
		final String network = values.choice("network");
		final Choices why = new Choices(values);
		final Preparation preparation = Preparation.of(values.choice("prepare"));
		final int channels = preparation.channels(data.channels()), classes = images.classes().size();
		why.add("prepare: " + preparation.key());
		return network.equals("auto") ? automatic(values, data, images, train, preparation, channels, new Room(memory, kernels), why) : preset(values,
			network, images, train, preparation, channels, classes, new Room(memory, kernels), why);
	}

	private static ClassificationPlan preset(final Values values, final String network, final LabelledImages images, final int[] train,
		final Preparation preparation, final int channels, final int classes, final Room room, final Choices why)
	{
		final String has = "as the network has it";
		final Preset p = Preset.of(network);
		final int size = why.whole("size", p.size, "(" + has + ")");
		final Graph graph = p.graph(network, channels, size, classes);
		why.add("network: " + network + " for images of " + size + "x" + size + " pixels, " + weights(graph) + " weights (chosen)");
		why.add("normalisation: values to 0..1 (" + has + ")");
		final int batch = batch(values, p.batch, train.length, has, room, graph, size, why);
		final int epochs = why.whole("epochs", p.epochs, "(" + has + ")");
		final boolean isWhole = batch == train.length;
		final int patience = why.whole("patience", isWhole ? epochs : Math.max(10, epochs / 4), isWhole ? "epochs: no early stop" : "epochs without a better validation score");
		if (p.decay > 0) why.add("weight decay: " + p.decay + " (" + has + ")");
		return new ClassificationPlan(graph, p.initialization, Method.RANGE, Scope.DATASET, preparation, size, size, batch, ceil(train.length, batch), epochs,
			patience, loss(images, train, "cross-entropy", has, why), why.optimizer(p.optimizer, has), why.schedule(p.schedule, has), why.rate(p.rate, has),
			p.decay, why.augmentation(p.augment, has), List.of(), 0, why.lines(), why.used());
	}

	private static ClassificationPlan automatic(final Values values, final Fingerprint data, final LabelledImages images, final int[] train,
		final Preparation preparation, final int channels, final Room room, final Choices why)
	{
		final int side = Math.min(data.width().median(), data.height().median()), stages = stages(side);
		final ResidualNetwork net = new ResidualNetwork(channels, images.classes().size(), 16, stages, 1, 0.2f);
		final int multiple = net.multiple(), standard = standard(side, multiple);
		final int asked = why.whole("size", standard, "pixels: the images are " + data.width().median() + "x" + data.height().median() + " (median)" + (side > LONGEST
			? ", and training takes " + LONGEST + " at the most" : ""));
		final int size = ceil(asked, multiple) * multiple;
		if (size != asked) why.add("size: " + size + ", a multiple of " + multiple + ", which the network needs");
		final Graph graph = net.graph();
		why.add("network: residual, " + stages + " stages of 16 to " + (16 << stages - 1) + " filters, batch norm, " + weights(graph) +
			" weights: the last feature maps have " + size / multiple + "x" + size / multiple + " pixels");
		final boolean each = 2 * data.groups() > data.samples() && data.samples() > 1;
		why.add("normalisation: " + (each ? "each image's 1st to 99th percentile to 0..1: the images were taken one by one, so brightness may differ"
			: "to mean 0 and deviation 1 over all training images: images of a group share their brightness"));
		final int batch = batch(values, train.length >= MANY ? 64 : train.length >= 400 ? 32 : 16, train.length, "for " + train.length + " training images", room, graph,
			size, why);
		final int steps = ceil(train.length, batch);
		final double affordable = BUDGET / (3.0 * Recommendation.operations(graph, size, size) * batch * steps);
		final int epochs = why.whole("epochs", (int) Math.max(FEWEST, Math.min(MOST, Math.min(affordable, ENOUGH / train.length))), "of " + steps + " steps: " +
			length(affordable, train.length));
		final int patience = why.whole("patience", Math.max(10, epochs / 2), "epochs without a better validation score");
		final double averaging = 1 - 1 / Math.max(1, AVERAGED * steps * epochs);
		final long averaged = Math.round(AVERAGED * steps * epochs);
		if (averaged > 1) why.add("weights: their moving average over some " + averaged + " steps, a twentieth of the training, steadier than themselves");
		why.add("weight decay: 1.0E-4 on the weights of convolutions and dense layers");
		final double largest = largest(images, train), smallest = smallest(images, train);
		final boolean isUneven = largest > UNEVEN * smallest;
		final Loss loss = loss(images, train, isUneven ? "weighted" : "cross-entropy", isUneven ? "the largest class has " + String.format(Locale.ROOT, "%.1f",
			largest / smallest) + " times the images of the smallest" : "the classes are about as frequent", why);
		return new ClassificationPlan(graph, Initialization.HE, each ? Method.PERCENTILE : Method.ZSCORE, each ? Scope.IMAGE : Scope.DATASET, preparation, size,
			size, batch, steps, epochs, patience, loss, why.optimizer("adam", "learns fast without tuning"), why.schedule("cosine", "ends with small steps"), why
				.rate(0.002, "works with Adam and batch norm"), 1e-4, why.augmentation("upright",
					"small shifts and turns, changes of size and brightness; a mirror image may be of another class; if not, choose mirror"), List.of(), averaging, why
						.lines(), why.used());
	}

	private static int stages(final int side) {
		return Math.max(2, Math.min(5, 1 + (int) Math.round(Math.log(Math.min(side, LONGEST) / 7.0) / Math.log(2))));
	}

	private static int standard(final int side, final int multiple) {
		return ceil(Math.max(SHORTEST, Math.min(LONGEST, side)), multiple) * multiple;
	}

	/** Size of the images that a model takes, if it has one. */
	static Optional<Shape> size(final Model model) {
		final int channels = model.graph().inputChannels();
		return model.graph().imageSize().or(() -> model.classification().map(c -> new Shape(channels, c.height(), c.width())));
	}

	/**
	 * Size that images will most likely be resized to, foreseen by a few of them, so that they can be resized when they are read for the first time.
	 *
	 * @param start a model to start from, if any
	 * @param watch may end the reading of these
	 * @return of one channel
	 */
	static Shape foreseen(final Values values, final Optional<Model> start, final Samples images, final Watch watch) {
		final Optional<Shape> given = start.flatMap(ClassificationPlan::size);
		if (given.isPresent()) return new Shape(1, given.get().height(), given.get().width());
		final int n = images.size(), looked = Math.min(n, LOOKED_AT), asked = values.whole("size");
		final String network = values.choice("network");
		if (!network.equals("auto")) return square(asked == 0 ? Preset.of(network).size : asked);
		final int[] widths = new int[looked], heights = new int[looked];
		for (int k = 0; k < looked; k++) {
			watch.at("looking at image", k + 1, looked);
			final Sample s = images.get((int) ((k + 0.5) * n / looked));
			widths[k] = s.width();
			heights[k] = s.height();
		}
		Arrays.sort(widths);
		Arrays.sort(heights);
		final int side = Math.min(widths[(looked - 1) / 2], heights[(looked - 1) / 2]), multiple = new ResidualNetwork(1, 2, 16, stages(side), 1, 0).multiple();
		return square(asked == 0 ? standard(side, multiple) : ceil(asked, multiple) * multiple);
	}

	private static Shape square(final int size) {
		return new Shape(1, size, size);
	}

	/** The same with a network that is already there, of which some weights may stay as they are. */
	ClassificationPlan with(final Graph other, final List<String> keep, final int newWidth, final int newHeight, final String line) {
		final boolean isSize = newWidth == width && newHeight == height;
		final List<String> lines = new ArrayList<>(reasons.stream().filter(r -> !r.startsWith("network") && !r.startsWith("normalisation") && (isSize || !r
			.startsWith("size"))).toList());
		lines.add(0, line);
		if (!isSize) lines.add(1, "size: " + newWidth + "x" + newHeight + " pixels, as the model that training starts from takes them");
		return new ClassificationPlan(other, initialization, method, scope, preparation, newWidth, newHeight, batch, steps, epochs, patience, loss, optimizer,
			schedule, rate, decay, augmentation, keep, averaging, List.copyOf(lines), used);
	}

	/** How to train. */
	Trainer.Settings settings(final boolean isValidated, final long seed) {
		return new Trainer.Settings(epochs, steps, batch, height, width, loss, optimizer, schedule, rate, decay, isValidated ? patience : 0, seed, frozen, averaging);
	}

	/** The training that this comes to. */
	TrainingJob job(final LabelledImages images, final Split split, final Normalization normalization, final int[] examples, final long cacheBytes,
		final int threads, final long seed)
	{
		final int[] labels = new int[images.labels().length];
		Arrays.setAll(labels, i -> images.labels()[i]);
		return new TrainingJob(graph, normalization, new TrainingJob.WholeImages(augmentation, labels), settings(split.validation().length > 0, seed), split
			.train(), split.validation(), examples, cacheBytes, threads);
	}

	// -- single settings --

	/** Why the epochs are as many as they are. */
	private static String length(final double affordable, final int images) {
		final double enough = (double) ENOUGH / images, least = Math.min(affordable, enough);
		if (least < FEWEST) return "the fewest, as there is much to learn from";
		if (least > MOST) return "the most, as they are short";
		return affordable < enough ? "some ten minutes of vector instructions on two cores" : "enough for so many images";
	}

	/** What a training may take. */
	private record Room(long memory, Kernels kernels) {}

	private static int batch(final Values values, final int standard, final int images, final String reason, final Room room, final Graph graph,
		final int size, final Choices why)
	{
		final String text = values.text("batch");
		final boolean automatic = text.equals("auto");
		final int given = automatic ? standard : number(text), batch = given == 0 ? images : Math.min(given, images);
		final int fits = automatic ? Recommendation.fitting(batch, graph, size, size, Loss.CROSS_ENTROPY, room.memory, room.kernels) : batch;
		if (fits < batch) why.add("batch: " + fits + " images (as many as fit into memory)");
		else why.add("batch: " + (given == 0 ? batch + " images, all of them" : batch + " images") + " (" + (automatic ? reason : "chosen") + ")");
		return fits;
	}

	private static int number(final String text) {
		if (text.matches("\\d{1,9}")) return Integer.parseInt(text);
		throw new IllegalArgumentException("batch: expected auto, or a whole number from 0 (all images in one step), got '" + text + "'");
	}

	private static Loss loss(final LabelledImages images, final int[] train, final String standard, final String reason, final Choices why) {
		final String name = why.word("loss", standard, reason);
		final List<Double> weights = name.equals("weighted") ? weights(images, train) : List.of();
		return new Loss(1, 0, weights, name.equals("smoothed") ? SMOOTHING : 0);
	}

	/** Inverse frequencies with mean 1 over the training images; 0 for a class that has none. */
	private static List<Double> weights(final LabelledImages images, final int[] train) {
		final int[] counts = images.counts(train);
		return Arrays.stream(counts).mapToObj(n -> n == 0 ? 0 : (double) train.length / counts.length / n).toList();
	}

	private static double largest(final LabelledImages images, final int[] train) {
		return Arrays.stream(images.counts(train)).max().orElse(0);
	}

	private static double smallest(final LabelledImages images, final int[] train) {
		return Math.max(1, Arrays.stream(images.counts(train)).min().orElse(0));
	}

	private static String weights(final Graph graph) {
		return String.format(Locale.ROOT, "%,d", graph.weights().values().stream().filter(w -> w.learned()).mapToLong(w -> w.length()).sum());
	}

	private static int ceil(final int a, final int b) {
		return (a + b - 1) / b;
	}
}
