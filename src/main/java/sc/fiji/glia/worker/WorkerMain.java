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

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.train.Signal;

/**
 * The worker process. Says hello, takes orders from its stdin until that ends, and answers on its stdout. One thread reads orders all the time, so that
 * signals are heard whatever is being computed.
 */
public final class WorkerMain {

	private static final int BUFFER = 1 << 16;
	private static final int OUT_OF_ORDER = 3;

	private final DataOutputStream out;
	private final BlockingQueue<Message> orders = new LinkedBlockingQueue<>();
	private volatile Signal signal = Signal.CONTINUE;

	private WorkerMain(final DataOutputStream out) {
		this.out = out;
	}

	/** @param args the number of the parent process; with it, the worker ends */
	public static void main(final String... args) throws InterruptedException {
		final WorkerMain worker = new WorkerMain(new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER)));
		System.setOut(System.err); // NB: stdout is for messages alone
		endWith(Long.parseLong(args[0]));
		final Thread reader = new Thread(() -> worker.listen(new DataInputStream(new BufferedInputStream(new FileInputStream(FileDescriptor.in), BUFFER))),
			"Glia orders");
		reader.setDaemon(true);
		reader.start();
		worker.work();
	}

	/** A second line: the pipe of a parent that was killed ends too, unless another process has inherited it. */
	private static void endWith(final long parent) {
		ProcessHandle.of(parent).ifPresentOrElse(p -> p.onExit().thenRun(() -> Runtime.getRuntime().halt(0)), () -> Runtime.getRuntime().halt(0));
	}

	private void listen(final DataInputStream in) {
		try {
			for (Optional<Message> m; (m = Message.read(in)).isPresent();) {
				if (m.get().body() instanceof Message.Said s) signal = s.signal();
				else orders.add(m.get());
			}
			Runtime.getRuntime().halt(0);
		}
		catch (final IOException | RuntimeException | Error e) {
			System.err.println(Failure.of(e).trace()); // NB: no message can be relied on any more; ImageJ shows the last lines of stderr with the failure
			Runtime.getRuntime().halt(OUT_OF_ORDER);
		}
	}

	private void work() throws InterruptedException {
		say(Message.of(new Message.Hello(Message.VERSION, KernelProvider.best().name(), KernelProvider.reason())));
		final Message first = next();
		try {
			if (first.body() instanceof Message.Train t) new TrainingOrders(t, weights(t.job().graph(), first.arrays()), this).work();
			else if (first.body() instanceof Message.Infer s) new InferenceOrders(s, weights(s.graph(), first.arrays()), this).work();
			else throw new IllegalStateException("Expected an order to train or to infer, got " + first.body());
		}
		catch (final RuntimeException | Error e) {
			say(Message.of(new Message.Failed(0, Failure.of(e))));
			Thread.sleep(Long.MAX_VALUE); // the parent ends this process
		}
	}

	private static Weights weights(final Graph graph, final List<float[]> arrays) {
		final Map<String, float[]> named = new LinkedHashMap<>();
		for (final String name : graph.weights().keySet()) named.put(name, arrays.get(named.size()));
		return new Weights(graph, named);
	}

	/** The next order but signals; waits for it. */
	Message next() throws InterruptedException {
		return orders.take();
	}

	/** The last signal. */
	Signal signal() {
		return signal;
	}

	void say(final Message message) {
		try {
			synchronized (out) {
				message.write(out);
			}
		}
		catch (final IOException e) {
			throw new UncheckedIOException("Nobody hears this worker: " + e.getMessage(), e);
		}
	}
}
