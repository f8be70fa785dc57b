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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A fixed number of threads that work off numbered tasks. The caller's thread is one of them. Which worker does a task is left to chance,
 * so a task's result must not depend on it.
 * <p>
 * Between two calls the threads look for more work for a moment before they sleep, since the next stage of a pass follows within
 * microseconds. Calls by several threads wait for each other; a task must not call {@link #run} of the workers that run it.
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

	/** Looks for more work before a thread sleeps; some tens of microseconds. */
	private static final int LOOKS = 400;

	private final List<Thread> threads = new ArrayList<>();
	private final int count;
	private final ReentrantLock lock = new ReentrantLock();
	private final AtomicInteger next = new AtomicInteger(), busy = new AtomicInteger();
	private volatile Thread caller;
	private volatile Throwable failure;
	private volatile boolean closed;
	/** Number of the job; what follows belongs to it. */
	private volatile int job;
	private Task task;
	private int tasks;

	/** @param count number of threads, at least 1 */
	public Workers(final int count) {
		if (count < 1) throw new IllegalArgumentException("Workers: expected at least 1 thread, got " + count);
		this.count = count;
		for (int w = 1; w < count; w++) {
			final int worker = w;
			final Thread t = new Thread(() -> serve(worker), "Glia worker");
			t.setDaemon(true);
			threads.add(t);
			t.start();
		}
	}

	/** Number of threads. */
	public int count() {
		return count;
	}

	/** Runs tasks 0 to {@code tasks - 1} and waits for all; the first exception of a task is thrown again. */
	public void run(final int tasks, final Task task) {
		if (count == 1 || tasks < 2) {
			for (int i = 0; i < tasks; i++) task.run(i, 0);
			return;
		}
		if (closed) throw new IllegalStateException("Workers: closed");
		lock.lock();
		try {
			this.task = task;
			this.tasks = tasks;
			caller = Thread.currentThread();
			failure = null;
			next.set(0);
			busy.set(count - 1);
			job++;
			threads.forEach(LockSupport::unpark);
			work(0);
			await();
			this.task = null;
		}
		finally {
			lock.unlock();
		}
		if (failure instanceof Error e) throw e;
		if (failure != null) throw (RuntimeException) failure;
	}

	private void serve(final int worker) {
		int seen = 0;
		while (true) {
			for (int i = 0; job == seen && !closed; i++) {
				if (i < LOOKS) Thread.onSpinWait();
				else LockSupport.park(this);
			}
			if (job == seen) return; // closed
			seen++; // NB: the next job begins only after all have done this one
			work(worker);
			if (busy.decrementAndGet() == 0) LockSupport.unpark(caller);
		}
	}

	private void work(final int worker) {
		try {
			for (int i; (i = next.getAndIncrement()) < tasks;) task.run(i, worker);
		}
		catch (RuntimeException | Error e) {
			failure = e;
			next.set(tasks); // the others stop too
		}
	}

	/** Waits for all others; they still use the buffers, so an interruption does not end it. */
	private void await() {
		boolean interrupted = false;
		for (int i = 0; busy.get() > 0; i++) {
			if (i < LOOKS) Thread.onSpinWait();
			else LockSupport.park(this);
			interrupted |= Thread.interrupted();
		}
		if (interrupted) Thread.currentThread().interrupt();
	}

	@Override
	public void close() {
		closed = true;
		threads.forEach(LockSupport::unpark);
	}
}
