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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import sc.fiji.glia.compute.NetworkTraining;
import sc.fiji.glia.compute.TrainingJob;
import sc.fiji.glia.data.Samples;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.train.EpochRecord;
import sc.fiji.glia.engine.train.Signal;
import sc.fiji.glia.engine.train.Trainer;

/**
 * A training in a worker process. What the listener says is passed on within {@value #POLL} ms, whatever the worker is doing; if a cancelled worker has
 * not stopped after {@value #GRACE} ms and there is a best epoch, it is ended.
 */
public final class RemoteTraining implements NetworkTraining {

	private static final int POLL = 50, GRACE = 1000;
	/** Messages that may wait to be looked at; the worker waits when there are more. */
	private static final int WAITING = 256;

	private final Weights weights;
	private final long heap;
	private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>(WAITING);
	private final WorkerProcess worker;
	private final SampleFile file;
	private long orders;

	/**
	 * Starts a worker and gives it what it needs to train.
	 *
	 * @param weights where training starts and ends
	 * @param need memory that the training takes
	 * @throws NoWorkerException if that is not possible; then nothing is left behind
	 */
	public RemoteTraining(final Launch launch, final Launch.Need need, final TrainingJob job, final Samples samples, final Weights weights) {
		this(launch.command(launch.heap(need)), launch.patience(), launch.heap(need), job, samples, weights);
	}

	/** As the other constructor, with another command. */
	RemoteTraining(final List<String> command, final Duration patience, final long heap, final TrainingJob job, final Samples samples, final Weights weights) {
		this.weights = weights;
		this.heap = heap;
		file = new SampleFile(samples);
		worker = started(command, patience);
		try {
			worker.send(new Message(new Message.Train(job, file.path().toString()), List.copyOf(weights.arrays().values())));
			final Message answer = await(() -> false);
			if (!(answer.body() instanceof Message.Ready)) throw unexpected(answer);
		}
		catch (final RuntimeException e) {
			close();
			throw new NoWorkerException(e.getMessage(), e);
		}
	}

	private WorkerProcess started(final List<String> command, final Duration patience) {
		try {
			return WorkerProcess.start(command, patience, new WorkerProcess.Ear() {

				@Override
				public void heard(final Message message) throws InterruptedException {
					heard.put(message);
				}

				@Override
				public void lost(final WorkerLostException e) {
					Interruptions.await(() -> {
						heard.put(e);
						return true;
					});
				}
			});
		}
		catch (final RuntimeException e) {
			file.close();
			throw e;
		}
	}

	/** Name of the worker's kernels. */
	public String kernels() {
		return worker.hello().kernels();
	}

	/** Why these, in one sentence. */
	public String reason() {
		return worker.hello().reason();
	}

	/** Bytes of heap that the worker may use. */
	public long heap() {
		return heap;
	}

	/** The file of the samples. */
	Path samples() {
		return file.path();
	}

	/** The worker's process, for those who watch it. */
	ProcessHandle handle() {
		return worker.handle();
	}

	@Override
	public Trainer.Result run(final Listener listener) {
		final Said said = new Said(listener);
		final List<EpochRecord> history = new ArrayList<>();
		int best = 0;
		worker.send(Message.of(new Message.Run()));
		while (true) {
			final Optional<Message> next = next();
			said.pass();
			if (next.isEmpty()) {
				if (!said.isIgnored() || best == 0) continue;
				close();
				return new Trainer.Result(List.copyOf(history), best, Trainer.End.CANCELLED);
			}
			final Message m = next.get();
			if (m.body() instanceof Message.StepEnded s) listener.stepEnded(s.epoch(), s.step(), s.steps(), s.loss());
			else if (m.body() instanceof Message.EpochEnded e) {
				history.add(e.epoch());
				if (e.epoch().best()) best = e.epoch().epoch();
				set(m.arrays());
				listener.epochEnded(e.epoch());
			}
			else if (m.body() instanceof Message.Examples e) listener.predicted(m.images(e.images()));
			else if (m.body() instanceof Message.Trained t) {
				set(m.arrays());
				return new Trainer.Result(List.copyOf(history), t.bestEpoch(), t.end());
			}
			else throw unexpected(m);
		}
	}

	/** What the listener has said, and when. */
	private final class Said {

		private final Listener listener;
		private Signal signal = Signal.CONTINUE;
		private long since;

		Said(final Listener listener) {
			this.listener = listener;
		}

		void pass() {
			final Signal now = listener.signal();
			if (now == signal) return;
			signal = now;
			since = System.nanoTime();
			worker.send(Message.of(new Message.Said(now)));
		}

		boolean isIgnored() {
			return signal == Signal.CANCEL && System.nanoTime() - since > TimeUnit.MILLISECONDS.toNanos(GRACE);
		}
	}

	@Override
	public float[][][] predict(final int[] indices, final BooleanSupplier cancelled) {
		final long id = ++orders;
		worker.send(Message.of(new Message.PredictSamples(id, Arrays.stream(indices).boxed().toList())));
		while (true) {
			final Message m = await(cancelled);
			if (!(m.body() instanceof Message.Predicted p)) throw unexpected(m);
			if (p.id() == id) return m.images(indices.length); // else an answer that nobody waited for
		}
	}

	private Message await(final BooleanSupplier cancelled) {
		while (true) {
			final Optional<Message> next = next();
			if (next.isPresent()) return next.get();
			if (cancelled.getAsBoolean()) throw new CancellationException();
		}
	}

	/** The next message; empty if there is none for a while. What went wrong in the worker is thrown here. */
	private Optional<Message> next() {
		final Object next = Interruptions.await(() -> heard.poll(POLL, TimeUnit.MILLISECONDS));
		if (next instanceof WorkerLostException e) throw e;
		if (next instanceof Message m && m.body() instanceof Message.Failed f) throw f.failure().exception(heap);
		return Optional.ofNullable((Message) next);
	}

	private static IllegalStateException unexpected(final Message m) {
		return new IllegalStateException("The worker process sent a message that was not expected: " + m.body());
	}

	private void set(final List<float[]> arrays) {
		final Iterator<float[]> from = arrays.iterator();
		if (!arrays.isEmpty()) for (final float[] a : weights.arrays().values()) System.arraycopy(from.next(), 0, a, 0, a.length);
	}

	@Override
	public void close() {
		worker.close();
		file.close();
	}
}
