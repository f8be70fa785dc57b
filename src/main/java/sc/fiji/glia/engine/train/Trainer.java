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
package sc.fiji.glia.engine.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import sc.fiji.glia.engine.exec.DenseKernels;
import sc.fiji.glia.engine.exec.Thrift;
import sc.fiji.glia.engine.exec.TrainingPlan;
import sc.fiji.glia.engine.exec.Workers;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Shape;
import sc.fiji.glia.engine.graph.WeightSpec;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.Kernels;
import sc.fiji.glia.engine.train.Loss.Statistics;
import sc.fiji.glia.engine.train.Optimizer.Updater;

/**
 * Trains a network: epochs of mini-batches, validation, early stopping. The weights of the best epoch are kept and restored at the end, however
 * it ends: those of the greatest score, and of epochs with the same score those of the lowest validation loss. The same seed, data and settings give the same weights bit for bit, whatever the number of threads.
 */
public final class Trainer {

	/**
	 * How to train.
	 *
	 * @param epochs number of epochs at the most
	 * @param steps steps of an epoch
	 * @param batch images of a step
	 * @param height rows of an image
	 * @param width columns of an image
	 * @param loss what is minimised
	 * @param optimizer how weights follow gradients
	 * @param schedule how the rate changes from epoch to epoch
	 * @param rate learning rate at the start
	 * @param decay factor of the L2 regularisation of the weights that have it
	 * @param patience epochs without improvement after which training ends; 0 for never
	 * @param seed for dropout
	 * @param frozen full names of the learned arrays of weights that stay as they are, bit for bit. NB: the running statistics of batch norm
	 *          follow the images all the same
	 * @param averaging share of the past in the moving average of the weights, which then is what is validated and kept; 0 for the weights
	 *          themselves
	 * @param thrift how much time is spent to save memory; the weights do not depend on it
	 */
	public record Settings(int epochs, int steps, int batch, int height, int width, Loss loss, Optimizer optimizer, Schedule schedule, double rate,
		double decay, int patience, long seed, List<String> frozen, double averaging, Thrift thrift)
	{

		/** @throws IllegalArgumentException if the average would never move */
		public Settings {
			if (!(averaging >= 0 && averaging < 1)) throw new IllegalArgumentException("Trainer: expected averaging from 0 to below 1, got " + averaging);
			frozen = List.copyOf(frozen);
		}

		/** With all the memory that makes it fast. */
		public Settings(final int epochs, final int steps, final int batch, final int height, final int width, final Loss loss, final Optimizer optimizer,
			final Schedule schedule, final double rate, final double decay, final int patience, final long seed, final List<String> frozen,
			final double averaging)
		{
			this(epochs, steps, batch, height, width, loss, optimizer, schedule, rate, decay, patience, seed, frozen, averaging, Thrift.NONE);
		}

		/** The same with another thrift. */
		public Settings with(final Thrift other) {
			return new Settings(epochs, steps, batch, height, width, loss, optimizer, schedule, rate, decay, patience, seed, frozen, averaging, other);
		}

		/** Without averaging. */
		public Settings(final int epochs, final int steps, final int batch, final int height, final int width, final Loss loss, final Optimizer optimizer,
			final Schedule schedule, final double rate, final double decay, final int patience, final long seed, final List<String> frozen)
		{
			this(epochs, steps, batch, height, width, loss, optimizer, schedule, rate, decay, patience, seed, frozen, 0);
		}

		/** All weights learn, without averaging. */
		public Settings(final int epochs, final int steps, final int batch, final int height, final int width, final Loss loss, final Optimizer optimizer,
			final Schedule schedule, final double rate, final double decay, final int patience, final long seed)
		{
			this(epochs, steps, batch, height, width, loss, optimizer, schedule, rate, decay, patience, seed, List.of());
		}
	}

	/** Gives the images to train on; must be safe for use by several threads, and give the same image for the same number. */
	@FunctionalInterface
	public interface Source {

		/**
		 * Fills planes {@code [channel][y * width + x]} and labels with image {@code number}, counted from 0 over all epochs; one label for each
		 * pixel of the network's output, so a single one if the network gives a vector.
		 */
		void draw(long number, float[][] planes, byte[] labels);
	}

	/** Judges the weights after an epoch. */
	@FunctionalInterface
	public interface Validation {

		/** No validation: the best epoch is the one with the lowest training loss. */
		Validation NONE = workers -> new Score(Double.NaN, Double.NaN);

		/**
		 * Loss and score (the greater the better) of the present weights, NaN if unknown. To compare with the training's, the score is the Dice
		 * coefficient of networks that give feature maps, and the accuracy of those that give one vector for each image.
		 */
		Score judge(Workers workers);
	}

	/** What a validation came to. */
	public record Score(double loss, double score) {}

	/** How a training ended. */
	public enum End {
		/** All epochs were done. */
		COMPLETED,
		/** No improvement for too long. */
		STOPPED_EARLY,
		/** The listener said {@link Signal#FINISH}. */
		FINISHED,
		/** The listener said {@link Signal#CANCEL}. */
		CANCELLED,
		/** The loss was no number any more. */
		DIVERGED
	}

	/**
	 * The outcome.
	 *
	 * @param history one record for each epoch
	 * @param bestEpoch number of the epoch whose weights were kept; 0 if none
	 * @param end how it ended
	 */
	public record Result(List<EpochRecord> history, int bestEpoch, End end) {}

	/** Pieces of work that the images of a step are drawn in at the most. */
	private static final int DRAWS = 256;
	/** Below every score. */
	private static final double NO_SCORE = -1e9;

	private final Settings settings;
	private final Weights weights;
	private final TrainingPlan plan;
	private final Workers workers;
	private final byte[][] labels;
	/** The labels of images that have one each, and the loss of those; none for networks that give feature maps or with a loss of the whole batch. */
	private final byte[] imageLabels;
	private final Optional<VectorLoss> vectorLoss;
	private final Optional<MovingAverage> average;
	private final Map<String, Updater> updaters = new LinkedHashMap<>(), backwardUpdaters = new LinkedHashMap<>();
	private final Map<String, WeightSpec> specs;
	private final Graph graph;
	/** Whether the network gives one vector for each image: then the score is the accuracy, otherwise the Dice coefficient. */
	private final boolean wholeImages;

	/**
	 * @param weights where training starts; hold the best weights at the end
	 * @throws IllegalArgumentException if something is frozen that does not learn
	 */
	public Trainer(final Graph graph, final Weights weights, final Settings settings, final Kernels kernels, final Workers workers) {
		this.graph = graph;
		wholeImages = graph.readsWholeImage();
		this.weights = weights;
		this.settings = settings;
		this.workers = workers;
		final List<Shape> shapes = graph.shapes(settings.height, settings.width);
		labels = new byte[settings.batch][shapes.get(shapes.size() - 1).plane()];
		specs = graph.weights();
		plan = new TrainingPlan(graph, weights, settings.height, settings.width, settings.batch, settings.loss.isSumOverImages(), settings.thrift,
			frozen(), kernels, workers);
		final DenseKernels form = DenseKernels.of(kernels);
		final boolean isVector = wholeImages && settings.loss.isSumOverImages();
		imageLabels = new byte[isVector ? settings.batch : 0];
		vectorLoss = isVector ? Optional.of(new VectorLoss(settings.loss, form.probabilities(), graph.outputChannels(), imageLabels)) : Optional.empty();
		average = settings.averaging > 0 ? Optional.of(new MovingAverage(graph, weights, settings.averaging)) : Optional.empty();
		plan.updatableLengths().forEach((name, length) -> backwardUpdaters.put(name, settings.optimizer.updater(length, form.updates())));
		plan.updateWith((name, w, from, to, g, at) -> backwardUpdaters.get(name).step(w, from, to, g, at));
		for (final String name : plan.gradients().keySet()) updaters.put(name, settings.optimizer.updater(weights.get(name).length, form.updates()));
	}

	private Set<String> frozen() {
		for (final String name : settings.frozen) if (!specs.containsKey(name) || !specs.get(name).learned()) throw new IllegalArgumentException(
			"Trainer: '" + name + "' cannot be frozen, the network has no such learned array of weights");
		return Set.copyOf(settings.frozen);
	}

	/** Trains until it is done or the listener says stop. */
	public Result train(final Source source, final Validation validation, final TrainingListener listener) {
		final List<EpochRecord> history = new ArrayList<>();
		final Weights best = weights.copy(graph);
		int bestEpoch = 0;
		double bestScore = Double.NEGATIVE_INFINITY, bestLoss = Double.NaN;
		End end = End.COMPLETED;
		for (int epoch = 1; epoch <= settings.epochs && end == End.COMPLETED; epoch++) {
			final long start = System.nanoTime();
			final double rate = settings.rate * settings.schedule.factor(epoch, settings.epochs, history);
			final Mean mean = new Mean();
			end = steps(epoch, (float) rate, source, mean, listener);
			if (end != End.DIVERGED) plan.store();
			if (end != End.COMPLETED && bestEpoch > 0) break;
			if (end == End.DIVERGED) break;
			average.ifPresent(a -> a.putInto(weights));
			final Score score = end == End.COMPLETED ? validation.judge(workers) : new Score(Double.NaN, Double.NaN);
			final double judged = validation == Validation.NONE ? -mean.loss() : Double.isNaN(score.score) ? NO_SCORE : score.score;
			// the first epoch is always kept, so that there is a result
			final boolean isBest = judged > bestScore || judged == bestScore && score.loss < bestLoss || bestEpoch == 0;
			if (isBest) {
				bestScore = judged;
				bestLoss = score.loss;
				bestEpoch = epoch;
				best.set(weights);
			}
			final EpochRecord record = new EpochRecord(epoch, rate, mean.loss(), mean.score(), score.loss, score.score, (System.nanoTime() - start) * 1e-9,
				isBest);
			history.add(record);
			listener.epochEnded(record);
			average.ifPresent(a -> a.takeFrom(weights));
			if (end == End.COMPLETED) end = ended(epoch, bestEpoch, listener);
		}
		weights.set(best);
		return new Result(List.copyOf(history), bestEpoch, end);
	}

	private End ended(final int epoch, final int bestEpoch, final TrainingListener listener) {
		if (epoch < settings.epochs && settings.patience > 0 && epoch - bestEpoch >= settings.patience) return End.STOPPED_EARLY;
		return stop(listener.signal());
	}

	private static End stop(final Signal signal) {
		return switch (signal) {
			case CONTINUE -> End.COMPLETED;
			case FINISH -> End.FINISHED;
			case CANCEL -> End.CANCELLED;
		};
	}

	private End steps(final int epoch, final float rate, final Source source, final Mean mean, final TrainingListener listener) {
		for (int step = 1; step <= settings.steps; step++) {
			final End end = stop(listener.signal());
			if (end != End.COMPLETED) return end;
			final long number = (long) (epoch - 1) * settings.steps + step - 1;
			backwardUpdaters.forEach((name, u) -> u.begin(rate, decay(name)));
			final Statistics s = gradients(number, source);
			final double loss = settings.loss.value(s);
			if (!Double.isFinite(loss)) return End.DIVERGED;
			update(rate);
			average.ifPresent(a -> {
				plan.store();
				a.add(weights, workers);
			});
			mean.add(loss, s);
			listener.stepEnded(epoch, step, settings.steps, loss);
		}
		return End.COMPLETED;
	}

	/** Forward, loss and backward of one batch. */
	private Statistics gradients(final long number, final Source source) {
		final int batch = settings.batch;
		final int draws = Math.min(batch, DRAWS);
		workers.run(draws, (d, worker) -> {
			for (int i = d; i < batch; i += draws) source.draw(number * batch + i, plan.input(i), labels[i]);
		});
		final long seed = settings.seed * 31 + number;
		if (vectorLoss.isPresent()) {
			for (int i = 0; i < batch; i++) imageLabels[i] = labels[i][0];
			vectorLoss.get().begin();
			plan.stepRows(batch, seed, vectorLoss.get());
			return vectorLoss.get().total();
		}
		final Statistics[] each = new Statistics[batch];
		if (settings.loss.isSumOverImages()) {
			final double weight = Arrays.stream(labels).mapToDouble(l -> settings.loss.weight(l, graph.outputChannels())).sum();
			plan.step(batch, seed, i -> {
				each[i] = settings.loss.statistics(plan.logits(i), labels[i], plan.logitGradient(i));
				settings.loss.gradient(each[i].ofWeight(weight), labels[i], plan.logitGradient(i));
			});
			return total(each);
		}
		plan.forward(batch, seed);
		workers.run(batch, (i, worker) -> each[i] = settings.loss.statistics(plan.logits(i), labels[i], plan.logitGradient(i)));
		final Statistics total = total(each);
		workers.run(batch, (i, worker) -> settings.loss.gradient(total, labels[i], plan.logitGradient(i)));
		plan.backward(batch);
		return total;
	}

	private static Statistics total(final Statistics[] each) {
		return Arrays.stream(each).reduce(Statistics::plus).orElseThrow();
	}

	private void update(final float rate) {
		final List<String> names = List.copyOf(updaters.keySet());
		final Map<String, float[]> gradients = plan.gradients();
		workers.run(names.size(), (i, worker) -> {
			final String name = names.get(i);
			updaters.get(name).step(weights.get(name), gradients.get(name), rate, decay(name));
		});
	}

	private float decay(final String name) {
		return specs.get(name).decayed() ? (float) settings.decay : 0;
	}

	/** Mean loss and score of an epoch. */
	private final class Mean {

		private double sum;
		private int steps;
		private long hits, of;

		void add(final double loss, final Statistics s) {
			sum += loss;
			steps++;
			hits += wholeImages ? s.correct() : 2 * s.hits();
			of += wholeImages ? s.pixels() : s.positives();
		}

		double loss() {
			return steps == 0 ? Double.NaN : sum / steps;
		}

		double score() {
			return of == 0 ? Double.NaN : (double) hits / of;
		}
	}
}
