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

import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import sc.fiji.glia.compute.LocalSegmentation;
import sc.fiji.glia.data.Sample;
import sc.fiji.glia.engine.graph.Weights;

/** The worker's side of {@link RemoteSegmentation}. */
final class SegmentationOrders {

	private final WorkerMain worker;
	private final LocalSegmentation segmentation;
	private final ExecutorService lanes;

	SegmentationOrders(final Message.Segment order, final Weights weights, final WorkerMain worker) {
		this.worker = worker;
		segmentation = new LocalSegmentation(order.graph(), weights, order.normalization(), order.threads(), order.images());
		lanes = Executors.newFixedThreadPool(segmentation.lanes());
	}

	void work() throws InterruptedException {
		worker.say(Message.of(new Message.Ready()));
		while (true) {
			final Message order = worker.next();
			if (!(order.body() instanceof Message.PredictImage p)) throw new IllegalStateException("Expected an image to segment, got " + order.body());
			lanes.execute(() -> predict(p, order.arrays().toArray(new float[0][])));
		}
	}

	private void predict(final Message.PredictImage p, final float[][] channels) {
		Message answer;
		try {
			final Sample image = new Sample("image " + p.id(), "", p.width(), p.height(), channels, new byte[0]);
			answer = new Message(new Message.Predicted(p.id()), Arrays.asList(segmentation.predict(image, () -> false)));
		}
		catch (final RuntimeException | Error e) {
			answer = Message.of(new Message.Failed(p.id(), Failure.of(e)));
		}
		worker.say(answer);
	}
}
