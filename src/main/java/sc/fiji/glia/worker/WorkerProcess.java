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
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A worker that runs: its pipes, and the end of it. */
final class WorkerProcess implements AutoCloseable {

	private static final int BUFFER = 1 << 16, TAIL = 12;
	private static final int END_SECONDS = 5;
	/** Variables by which a user's settings for other Javas would get into this one. */
	private static final List<String> JAVA_OPTIONS = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

	/** Hears a worker, on a thread of its own. */
	interface Ear {

		/** Called with each message after the first. */
		void heard(Message message) throws InterruptedException;

		/** Called once if the worker is lost. */
		void lost(WorkerLostException e);
	}

	private final Process process;
	private final DataOutputStream out;
	private final Deque<String> tail = new ArrayDeque<>();
	private final CompletableFuture<Message.Hello> hello = new CompletableFuture<>();
	private final Thread messages, errors;
	private volatile boolean isClosed;

	private WorkerProcess(final Process process, final Ear ear) {
		this.process = process;
		out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), BUFFER));
		errors = daemon("Glia worker errors", this::drain);
		messages = daemon("Glia worker messages", () -> listen(ear));
	}

	/**
	 * Starts a worker and waits until it says hello.
	 *
	 * @throws NoWorkerException if it cannot be started, does not say hello in time, or is of another version
	 */
	static WorkerProcess start(final List<String> command, final Duration patience, final Ear ear) {
		final ProcessBuilder builder = new ProcessBuilder(command);
		JAVA_OPTIONS.forEach(builder.environment()::remove);
		final WorkerProcess worker;
		try {
			worker = new WorkerProcess(builder.start(), ear);
		}
		catch (final IOException e) {
			throw new NoWorkerException("The worker process does not start: " + e.getMessage(), e);
		}
		try {
			worker.greet(patience);
			return worker;
		}
		catch (final RuntimeException e) {
			worker.close();
			throw e;
		}
	}

	private void greet(final Duration patience) {
		final int version = Interruptions.await(() -> {
			try {
				return hello.get(patience.toMillis(), TimeUnit.MILLISECONDS).version();
			}
			catch (final ExecutionException e) {
				throw new NoWorkerException(e.getCause().getMessage(), e);
			}
			catch (final TimeoutException e) {
				throw new NoWorkerException("The worker process did not answer within " + patience.toMillis() / 1000.0 + " s" + said(), e);
			}
		});
		if (version != Message.VERSION) throw new NoWorkerException("The worker process is of another version (" + version + ", expected " +
			Message.VERSION + "): Glia was replaced while ImageJ was running");
	}

	/** What the worker has said of itself. */
	Message.Hello hello() {
		return hello.join();
	}

	/** The process, for those who watch it. */
	ProcessHandle handle() {
		return process.toHandle();
	}

	/** @throws WorkerLostException if the worker is gone */
	void send(final Message message) {
		try {
			synchronized (out) {
				message.write(out);
			}
		}
		catch (final IOException e) {
			throw lost(e);
		}
	}

	private void listen(final Ear ear) {
		try (DataInputStream in = new DataInputStream(new BufferedInputStream(process.getInputStream(), BUFFER))) {
			for (Optional<Message> m; (m = Message.read(in)).isPresent();) {
				if (m.get().body() instanceof Message.Hello h) hello.complete(h);
				else ear.heard(m.get());
			}
			end(ear, new IOException("Its messages ended"));
		}
		catch (final IOException e) {
			end(ear, e);
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt(); // closed
		}
	}

	private void end(final Ear ear, final IOException why) {
		if (isClosed) return;
		final WorkerLostException e = lost(why);
		hello.completeExceptionally(e);
		ear.lost(e);
	}

	private WorkerLostException lost(final IOException why) {
		final boolean hasEnded = Interruptions.await(() -> process.waitFor(1, TimeUnit.SECONDS));
		Interruptions.await(() -> {
			errors.join(1000);
			return true;
		});
		return new WorkerLostException("The worker process " + (hasEnded ? "ended with exit code " + process.exitValue() + reason(process.exitValue())
			: "cannot be understood: " + why.getMessage()) + said(), why);
	}

	private static String reason(final int exit) {
		return exit == 128 + 9 ? " (killed, perhaps because the computer ran out of memory)" : "";
	}

	/** The last lines of its stderr. */
	private String said() {
		synchronized (tail) {
			return tail.isEmpty() ? "" : "; it wrote: " + String.join(" | ", tail);
		}
	}

	private void drain() {
		try (BufferedReader r = new BufferedReader(new InputStreamReader(process.getErrorStream(), Charset.defaultCharset()))) {
			for (String line; (line = r.readLine()) != null;) {
				if (line.isBlank() || line.contains("Using incubator modules")) continue;
				synchronized (tail) {
					tail.addLast(line.strip());
					if (tail.size() > TAIL) tail.removeFirst();
				}
			}
		}
		catch (final IOException e) {
			synchronized (tail) {
				tail.addLast("(" + e.getMessage() + ")");
			}
		}
	}

	/** Ends the worker, whatever it does, and waits until it has ended, so that its files can be deleted. */
	@Override
	public void close() {
		isClosed = true;
		process.destroyForcibly();
		messages.interrupt();
		Interruptions.await(() -> process.waitFor(END_SECONDS, TimeUnit.SECONDS));
	}

	private static Thread daemon(final String name, final Runnable work) {
		final Thread t = new Thread(work, name);
		t.setDaemon(true);
		t.start();
		return t;
	}
}
