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
package sc.fiji.glia.engine.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A fixed number of threads that work off numbered tasks. The caller's thread is one of them. Which worker does a task is left to chance,
 * so a task's result must not depend on it.
 */
public final class Workers implements AutoCloseable {

	/** A task. */
	@FunctionalInterface
	public interface Task {

		/**
		 * @param index number of the task, from 0
		 * @param worker number of the worker, from 0 to below {@link Workers#count()}; no two tasks with the same worker run at a time
		 */
		void run(int index, int worker);
	}

	private final int count;
	private final ExecutorService pool;

	/** @param count number of threads, at least 1 */
	public Workers(final int count) {
		if (count < 1) throw new IllegalArgumentException("Workers: expected at least 1 thread, got " + count);
		this.count = count;
		pool = count == 1 ? null : Executors.newFixedThreadPool(count - 1, r -> {
			final Thread t = new Thread(r, "Glia worker");
			t.setDaemon(true);
			return t;
		});
	}

	/** Number of threads. */
	public int count() {
		return count;
	}

	/** Runs tasks 0 to {@code tasks - 1} and waits for all; the first exception of a task is thrown again. */
	public void run(final int tasks, final Task task) {
		if (pool == null || tasks < 2) {
			for (int i = 0; i < tasks; i++) task.run(i, 0);
			return;
		}
		final AtomicInteger next = new AtomicInteger();
		final List<Future<?>> others = new ArrayList<>();
		for (int w = 1; w < Math.min(count, tasks); w++) {
			final int worker = w;
			others.add(pool.submit(() -> work(next, tasks, task, worker)));
		}
		Throwable failure = null;
		try {
			work(next, tasks, task, 0);
		}
		finally {
			failure = await(others);
		}
		if (failure instanceof Error e) throw e;
		if (failure != null) throw (RuntimeException) failure;
	}

	private static void work(final AtomicInteger next, final int tasks, final Task task, final int worker) {
		boolean completed = false;
		try {
			for (int i; (i = next.getAndIncrement()) < tasks;) task.run(i, worker);
			completed = true;
		}
		finally {
			if (!completed) next.set(tasks); // after a failure the others stop too
		}
	}

	/** Waits for all; the failure of one of them, or null. */
	private static Throwable await(final List<Future<?>> others) {
		Throwable failure = null;
		boolean interrupted = false;
		for (final Future<?> f : others) {
			while (true) {
				try {
					f.get();
				}
				catch (final InterruptedException e) {
					interrupted = true; // the task still uses the buffers: wait on
					continue;
				}
				catch (final ExecutionException e) {
					failure = e.getCause();
				}
				break;
			}
		}
		if (interrupted) Thread.currentThread().interrupt();
		return failure;
	}

	@Override
	public void close() {
		if (pool != null) pool.shutdown();
	}
}
