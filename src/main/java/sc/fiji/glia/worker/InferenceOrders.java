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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

import sc.fiji.glia.compute.Explanation;
import sc.fiji.glia.compute.LocalInference;
import sc.fiji.glia.data.Sample;
import sc.fiji.glia.engine.graph.Weights;

/** The worker's side of {@link RemoteInference}. */
final class InferenceOrders {

	private final WorkerMain worker;
	private final LocalInference inference;
	private final ExecutorService lanes;

	InferenceOrders(final Message.Infer order, final Weights weights, final WorkerMain worker) {
		this.worker = worker;
		inference = new LocalInference(order.graph(), weights, order.normalization(), order.threads(), order.images());
		lanes = Executors.newFixedThreadPool(inference.lanes());
	}

	void work() throws InterruptedException {
		worker.say(Message.of(new Message.Ready()));
		while (true) {
			final Message order = worker.next();
			if (order.body() instanceof Message.PredictImages p) lanes.execute(() -> answer(p.id(), () -> predict(p, order.images(p.widths().size()))));
			else if (order.body() instanceof Message.ExplainImage e) lanes.execute(() -> answer(e.id(), () -> explain(e, order.images(1)[0])));
			else throw new IllegalStateException("Expected images, got " + order.body());
		}
	}

	private void answer(final long id, final Supplier<Message> work) {
		Message answer;
		try {
			answer = work.get();
		}
		catch (final RuntimeException | Error e) {
			answer = Message.of(new Message.Failed(id, Failure.of(e)));
		}
		worker.say(answer);
	}

	private Message predict(final Message.PredictImages p, final float[][][] channels) {
		final List<Sample> images = new ArrayList<>();
		for (int i = 0; i < channels.length; i++) images.add(image(p.id(), p.widths().get(i), p.heights().get(i), channels[i]));
		return Message.of(new Message.Predicted(p.id()), inference.predict(images, () -> false));
	}

	private Message explain(final Message.ExplainImage e, final float[][] channels) {
		final Explanation x = inference.explain(e.method(), image(e.id(), e.width(), e.height(), channels), e.target(), () -> false);
		return new Message(new Message.Explained(e.id(), x.sum(), x.difference()), List.of(x.values()));
	}

	private static Sample image(final long id, final int width, final int height, final float[][] channels) {
		return new Sample("image " + id, "", width, height, channels, new byte[0]);
	}
}
