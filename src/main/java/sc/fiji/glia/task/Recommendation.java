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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import sc.fiji.glia.compute.TrainingJob;
import sc.fiji.glia.data.Augmentation;
import sc.fiji.glia.data.Fingerprint;
import sc.fiji.glia.data.Normalization;
import sc.fiji.glia.data.Normalization.Method;
import sc.fiji.glia.data.Normalization.Scope;
import sc.fiji.glia.data.Split;
import sc.fiji.glia.engine.exec.Thrift;
import sc.fiji.glia.engine.exec.TrainingPlan;
import sc.fiji.glia.engine.graph.Conv2D;
import sc.fiji.glia.engine.graph.Dense;
import sc.fiji.glia.engine.graph.FieldOfView;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Node;
import sc.fiji.glia.engine.graph.Shape;
import sc.fiji.glia.engine.graph.UNet;
import sc.fiji.glia.engine.kernel.Kernels;
import sc.fiji.glia.engine.train.Loss;
import sc.fiji.glia.engine.train.Optimizer;
import sc.fiji.glia.engine.train.Schedule;
import sc.fiji.glia.engine.train.Trainer;

/**
 * The settings of a training that are left automatic, derived from the fingerprint of the training data after the example of nnU-Net (Isensee
 * et al. 2021: a fingerprint, rules, a plan), scaled to the time and memory of a laptop; and the reason of each.
 *
 * @param graph the network
 * @param method how values are normalised
 * @param scope on what the normalisation is fitted
 * @param nonZero whether zero pixels are left out of it
 * @param patchWidth columns of a training patch, in pixels
 * @param patchHeight rows of a training patch, in pixels
 * @param batch patches of a step
 * @param steps steps of an epoch
 * @param epochs epochs at the most
 * @param patience epochs without improvement until the end; 0 for never
 * @param loss the loss
 * @param optimizer the optimizer
 * @param schedule the schedule
 * @param rate learning rate at the start
 * @param decay factor of the L2 regularisation
 * @param augmentation how patches are varied
 * @param foregroundShare share of the patches that are centred on foreground
 * @param reasons one line for each setting
 * @param used the value that is used of each setting that can be left automatic, by key
 */
record Recommendation(Graph graph, Method method, Scope scope, boolean nonZero, int patchWidth, int patchHeight, int batch, int steps, int epochs,
	int patience, Loss loss, Optimizer optimizer, Schedule schedule, double rate, double decay, Augmentation augmentation, double foregroundShare,
	List<String> reasons, Map<String, String> used)
{

	/** Shortest and longest side of a patch that is not the whole image, in pixels. */
	private static final int SHORTEST = 128, LONGEST = 256;
	/** Objects are to cover no more than this share of a patch's side. */
	private static final double OBJECT_SHARE = 0.25;
	/** Factor of the L2 regularisation. */
	private static final double DECAY = 1e-5;
	/** Patches of a step; and what is said if these are fewer. */
	private static final int BATCH = 8;
	private static final String MEMORY = ", as many as fit into memory";
	/**
	 * Multiplications and additions that an automatic training spends: some 30 epochs on patches of 256 x 256 pixels, more of which gained nothing
	 * on the nuclei of docs/BENCHMARKS.md; three minutes of vector instructions on two cores (400 GFLOP/s), ten of plain loops. The same on every
	 * computer, so that the same data get the same epochs.
	 */
	private static final double BUDGET = 8e13;
	/** Epochs of an automatic training: enough to see the score rise no more, and to learn from few images. */
	private static final int FEWEST = 20, MOST = 100;

	/**
	 * Derives what is left automatic in {@code values} for {@code classes} foreground classes; the plain U-Net has settings of its own.
	 *
	 * @param memory bytes that there are for training
	 * @param kernels those that will train
	 */
	static Recommendation of(final Values values, final Fingerprint data, final int classes, final long memory, final Kernels kernels) {
		return values.choice("network").equals("U-Net") ? plain(values, data, classes, memory, kernels) : automatic(values, data, classes, memory, kernels);
	}

	/** The same with a network that is already there, for a training that goes on. */
	Recommendation with(final Graph other, final Values values, final long memory, final Kernels kernels) {
		final List<String> lines = new ArrayList<>(reasons.stream().filter(r -> !r.startsWith("network") && !r.startsWith("normalisation")).toList());
		lines.add(0, "network and normalisation: those of the model that training starts from");
		final int multiple = FieldOfView.of(other).multiple(), w = patch(patchWidth, multiple), h = patch(patchHeight, multiple);
		final int fits = values.isAutomatic("batch") ? fitting(batch, other, w, h, loss, memory, kernels) : batch;
		final Map<String, String> now = new LinkedHashMap<>(used);
		if (fits < batch) {
			lines.replaceAll(r -> r.startsWith("batch:") ? "batch: " + fits + " patches per step" + MEMORY : r);
			now.put("batch", String.valueOf(fits));
		}
		return new Recommendation(other, method, scope, nonZero, w, h, fits, ceil(steps * batch, fits), epochs, patience, loss, optimizer, schedule, rate, decay,
			augmentation, foregroundShare, List.copyOf(lines), now);
	}

	/** How to train. */
	Trainer.Settings settings(final boolean isValidated, final long seed) {
		return new Trainer.Settings(epochs, steps, batch, patchHeight, patchWidth, loss, optimizer, schedule, rate, decay, isValidated ? patience : 0, seed);
	}

	/** The training that this comes to. */
	TrainingJob job(final Split split, final Normalization normalization, final int example, final long cacheBytes, final int threads, final long seed) {
		return new TrainingJob(graph, normalization, new TrainingJob.Patches(augmentation, foregroundShare), settings(split.validation().length > 0, seed), split
			.train(), split.validation(), new int[] { example }, cacheBytes, threads);
	}

	// -- the plain U-Net --

	private static Recommendation plain(final Values values, final Fingerprint data, final int classes, final long memory, final Kernels kernels) {
		final Choices why = new Choices(values);
		final Graph graph = UNet.plain(data.channels(), outputs(classes)).graph();
		why.add("network: U-Net, 16-32-64 filters, one 3x3 convolution per level (chosen)");
		final int w = patch(data.width().max(), 4), h = patch(data.height().max(), 4);
		why.add("patch: " + w + "x" + h + " pixels, the whole image");
		why.add("normalisation: values to 0..1 (as the network has it)");
		final Loss l = loss("cross-entropy", "", new Choices(values));
		final int fits = fitting(BATCH, graph, w, h, l, memory, kernels);
		final int batch = why.whole("batch", fits, "patches per step" + (fits < BATCH ? MEMORY : " (as the network has it)"));
		final int epochs = why.whole("epochs", 50, "(as the network has it)");
		final int patience = why.whole("patience", epochs, "epochs: no early stop (as the network has it)");
		final double rate = why.rate(0.001, "as the network has it");
		return new Recommendation(graph, Method.RANGE, Scope.DATASET, false, w, h, batch, ceil(data.samples(), batch), epochs, patience,
			loss("cross-entropy", "as the network has it", why), why.optimizer("sgd", "momentum 0.9, as the network has it"), why.schedule("constant",
				"as the network has it"), rate, 0, why.augmentation("flips", "as the network has it"), 0, why.lines(), why.used());
	}

	// -- from the data --

	private static Recommendation automatic(final Values values, final Fingerprint data, final int classes, final long memory, final Kernels kernels) {
		final Choices why = new Choices(values);
		final int shortest = Math.min(data.width().median(), data.height().median());
		final int levels = shortest >= 96 ? 4 : shortest >= 32 ? 3 : 2;
		final UNet net = new UNet(data.channels(), outputs(classes), 16, levels, 2, true, 0);
		final Graph graph = net.graph();
		why.add("network: U-Net of " + levels + " levels, 16 filters on the first and twice as many on each further one, batch norm: the images are " +
			data.width().median() + "x" + data.height().median() + " pixels (median), objects " + Math.round(data.objectDiameter()) + " pixels across");
		final int multiple = 1 << levels - 1;
		final int longest = (int) Math.max(SHORTEST, Math.min(LONGEST, ceil((int) Math.ceil(data.objectDiameter() / OBJECT_SHARE), 32) * 32));
		final int w = Math.min(longest, patch(data.width().median(), multiple)), h = Math.min(longest, patch(data.height().median(), multiple));
		why.add("patch: " + w + "x" + h + " pixels, " + (w >= data.width().median() && h >= data.height().median() ? "the whole image"
			: "several objects wide, and quicker than the whole image"));
		final double share = data.foregroundShare() < 0.15 ? 0.5 : 0;
		why.add("foreground: " + percent(data.foregroundShare()) + " of the pixels, so " + (share > 0 ? "half of the patches are centred on it"
			: "patches are taken anywhere"));
		final boolean each = 2 * data.groups() > data.samples() && data.samples() > 1;
		final Method method = each ? Method.PERCENTILE : Method.ZSCORE;
		why.add("normalisation: " + (each ? "each image's 1st to 99th percentile to 0..1: the images were taken one by one, so brightness may differ"
			: "to mean 0 and deviation 1 over all training images: slices of a stack share their brightness") + (data.zeroBackground()
				? "; zero pixels are left out" : ""));
		final int fits = fitting(BATCH, graph, w, h, Loss.DICE_CROSS_ENTROPY, memory, kernels);
		final int batch = why.whole("batch", fits, "patches per step" + (fits < BATCH ? MEMORY : ""));
		final int steps = Math.max(20, ceil(data.samples(), batch));
		final double affordable = BUDGET / (3.0 * operations(graph, w, h) * batch * steps);
		final int epochs = why.whole("epochs", (int) Math.max(FEWEST, Math.min(MOST, affordable)), "of " + steps + " steps: " + length(affordable));
		final int patience = why.whole("patience", Math.max(10, epochs / 3), "epochs without a better validation score");
		final double rate = why.rate(0.002, "works with Adam and batch norm");
		why.add("weight decay: " + DECAY + " on the weights of convolutions");
		final Optimizer optimizer = why.optimizer("adam", "learns fast without tuning");
		return new Recommendation(graph, method, each ? Scope.IMAGE : Scope.DATASET, data.zeroBackground(), w, h, batch, steps, epochs,
			patience, loss("dice+cross-entropy", "good for small and large foreground alike", why), optimizer, why.schedule("cosine", "ends with small steps"), rate,
			DECAY, why.augmentation("light", "flips, small turns, changes of size and brightness: more variety than the images have"), share, why.lines(), why.used());
	}

	/** Outputs of a network for so many foreground classes: one for a single class, else one for each and the background. */
	static int outputs(final int classes) {
		return classes > 1 ? classes + 1 : 1;
	}

	private static int patch(final int size, final int multiple) {
		return ceil(Math.max(size, 8), multiple) * multiple;
	}

	private static int ceil(final int a, final int b) {
		return (a + b - 1) / b;
	}

	/**
	 * The largest batch up to {@code standard} that fits into a third of the memory that there is, if need be with all {@link Thrift}; at least 1. By what is
	 * free just now, the same training could come out different.
	 */
	static int fitting(final int standard, final Graph graph, final int w, final int h, final Loss loss, final long memory, final Kernels kernels) {
		return Math.max(1, new Memory(batch -> TrainingPlan.bytes(graph, h, w, batch, loss.isSumOverImages(), Thrift.ONE, Set.of(), kernels, 1)).fitting(standard,
			memory / 3));
	}

	private static String length(final double epochs) {
		if (epochs < FEWEST) return "the fewest, as there is much to learn from";
		if (epochs > MOST) return "the most, as they are short";
		return "some three minutes of vector instructions on two cores, ten of plain loops";
	}

	/** Multiplications and additions of one inference. */
	static double operations(final Graph graph, final int w, final int h) {
		final List<Shape> shapes = graph.shapes(h, w);
		double sum = 0;
		for (int i = 0; i < shapes.size(); i++) {
			final Node n = graph.nodes().get(i);
			final double out = shapes.get(i).size();
			if (n.layer() instanceof Conv2D c) sum += 2 * out * c.kernel() * c.kernel() * shapes.get(n.inputs().get(0)).channels();
			else if (n.layer() instanceof Dense) sum += 2 * out * shapes.get(n.inputs().get(0)).channels();
		}
		return sum;
	}

	private static Loss loss(final String standard, final String reason, final Choices why) {
		return switch (why.word("loss", standard, reason)) {
			case "cross-entropy" -> Loss.CROSS_ENTROPY;
			case "dice" -> Loss.DICE;
			default -> Loss.DICE_CROSS_ENTROPY;
		};
	}

	private static String percent(final double share) {
		return String.format(Locale.ROOT, "%.1f %%", 100 * share);
	}
}
