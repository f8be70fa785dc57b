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

import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;

import sc.fiji.glia.compute.Explanation;
import sc.fiji.glia.compute.Inference;
import sc.fiji.glia.data.Normalization;
import sc.fiji.glia.data.Sample;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Weights;

/** Inference in a worker process. Images, probabilities and explanations go through its pipes. */
public final class RemoteInference implements Inference {

	private static final long READY = 0;
	private static final int POLL = 50;

	private final Map<Long, CompletableFuture<Message>> answers = new ConcurrentHashMap<>();
	private final AtomicLong orders = new AtomicLong();
	private final WorkerProcess worker;
	private final long heap;
	private final int lanes;
	private volatile WorkerLostException lost;

	/**
	 * Starts a worker and gives it the network.
	 *
	 * @param need memory that the computation takes
	 * @param threads number of threads; the result does not depend on it
	 * @param images number of images that there are
	 * @throws NoWorkerException if that is not possible; then nothing is left behind
	 */
	public RemoteInference(final Launch launch, final Launch.Need need, final Graph graph, final Weights weights, final Normalization normalization,
		final int threads, final int images)
	{
		heap = launch.heap(need);
		// NB: one more, which is read or looked at here while the others are computed
		lanes = images >= threads ? threads + 1 : 1;
		final CompletableFuture<Message> ready = asked(READY);
		worker = WorkerProcess.start(launch.command(heap), launch.patience(), new Answers());
		try {
			worker.send(new Message(new Message.Infer(graph, normalization, threads, images), List.copyOf(weights.arrays().values())));
			answer(READY, ready, () -> false);
		}
		catch (final RuntimeException e) {
			close();
			throw new NoWorkerException(e.getMessage(), e);
		}
	}

	private final class Answers implements WorkerProcess.Ear {

		@Override
		public void heard(final Message m) {
			if (m.body() instanceof Message.Ready) complete(READY, m);
			else if (m.body() instanceof Message.Predicted p) complete(p.id(), m);
			else if (m.body() instanceof Message.Explained e) complete(e.id(), m);
			else if (m.body() instanceof Message.Failed f) complete(f.id(), m);
		}

		private void complete(final long id, final Message m) {
			final CompletableFuture<Message> answer = answers.remove(id);
			if (answer != null) answer.complete(m); // else nobody waits for it any more
		}

		@Override
		public void lost(final WorkerLostException e) {
			lost = e;
			answers.values().forEach(a -> a.completeExceptionally(e));
		}
	}

	private CompletableFuture<Message> asked(final long id) {
		final CompletableFuture<Message> answer = new CompletableFuture<>();
		answers.put(id, answer);
		if (lost != null) answer.completeExceptionally(lost);
		return answer;
	}

	@Override
	public int lanes() {
		return lanes;
	}

	@Override
	public float[][][] predict(final List<Sample> images, final BooleanSupplier cancelled) {
		final List<Integer> widths = images.stream().map(Sample::width).toList(), heights = images.stream().map(Sample::height).toList();
		return ask(id -> Message.of(new Message.PredictImages(id, widths, heights), images.stream().map(Sample::channels).toArray(float[][][]::new)), cancelled)
			.images(images.size());
	}

	@Override
	public Explanation explain(final Explanation.Method method, final Sample image, final int target, final BooleanSupplier cancelled) {
		final Message m = ask(id -> new Message(new Message.ExplainImage(id, method, image.width(), image.height(), target), List.of(image.channels())), cancelled);
		final Message.Explained e = (Message.Explained) m.body();
		return new Explanation(m.arrays().get(0), e.sum(), e.difference());
	}

	/** Sends an order and waits for its answer. */
	private Message ask(final LongFunction<Message> order, final BooleanSupplier cancelled) {
		final long id = orders.incrementAndGet();
		final CompletableFuture<Message> answer = asked(id);
		worker.send(order.apply(id));
		return answer(id, answer, cancelled);
	}

	private Message answer(final long id, final CompletableFuture<Message> answer, final BooleanSupplier cancelled) {
		while (true) {
			try {
				final Message m = Interruptions.await(() -> {
					try {
						return answer.get(POLL, TimeUnit.MILLISECONDS);
					}
					catch (final ExecutionException e) {
						throw lost;
					}
				});
				if (m.body() instanceof Message.Failed f) throw f.failure().exception(heap);
				return m;
			}
			catch (final TimeoutException e) {
				if (!cancelled.getAsBoolean()) continue;
				answers.remove(id);
				throw new CancellationException();
			}
		}
	}

	/** Name of the worker's kernels. */
	public String kernels() {
		return worker.hello().kernels();
	}

	/** Bytes of heap that the worker may use. */
	public long heap() {
		return heap;
	}

	/** The worker's process, for those who watch it. */
	ProcessHandle handle() {
		return worker.handle();
	}

	@Override
	public void close() {
		worker.close();
	}
}
