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
package sc.fiji.glia.worker;

import java.nio.file.Path;
import java.util.List;

import sc.fiji.glia.compute.LocalTraining;
import sc.fiji.glia.compute.NetworkTraining;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.train.EpochRecord;
import sc.fiji.glia.engine.train.Signal;
import sc.fiji.glia.engine.train.Trainer;

/** The worker's side of {@link RemoteTraining}. */
final class TrainingOrders {

	private final WorkerMain worker;
	private final Weights weights;
	private final LocalTraining training;

	TrainingOrders(final Message.Train order, final Weights weights, final WorkerMain worker) {
		this.worker = worker;
		this.weights = weights;
		training = new LocalTraining(order.job(), new MappedSamples(Path.of(order.samples())), weights);
	}

	void work() throws InterruptedException {
		worker.say(Message.of(new Message.Ready()));
		while (true) {
			final Message order = worker.next();
			if (order.body() instanceof Message.Run) run();
			else if (order.body() instanceof Message.PredictSamples p) worker.say(Message.of(new Message.Predicted(p.id()), training.predict(p.indices().stream()
				.mapToInt(i -> i).toArray(), () -> false)));
			else throw new IllegalStateException("Expected an order of a training, got " + order.body());
		}
	}

	private void run() {
		final Trainer.Result result = training.run(new NetworkTraining.Listener() {

			@Override
			public void stepEnded(final int epoch, final int step, final int steps, final double loss) {
				worker.say(Message.of(new Message.StepEnded(epoch, step, steps, loss)));
			}

			@Override
			public void epochEnded(final EpochRecord epoch) {
				worker.say(new Message(new Message.EpochEnded(epoch), epoch.best() ? arrays() : List.of()));
			}

			@Override
			public void predicted(final float[][][] examples) {
				worker.say(Message.of(new Message.Examples(examples.length), examples));
			}

			@Override
			public Signal signal() {
				return worker.signal();
			}
		});
		worker.say(new Message(new Message.Trained(result.bestEpoch(), result.end()), arrays()));
	}

	private List<float[]> arrays() {
		return List.copyOf(weights.arrays().values());
	}
}
