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
package sc.fiji.glia.task;

import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.function.LongSupplier;

import sc.fiji.glia.data.Watch;
import sc.fiji.glia.engine.train.Signal;

/**
 * Tells the user how far a piece of work is, and ends it when the user has cancelled, whom it asks before each item. What is told, as in
 * {@code Glia: reading image 1200 of 3762, 15 s left}, comes ten times a second at the most, but always at the first and the last item. Those who are
 * told hear it on one thread at a time.
 */
public final class Told implements Watch {

	private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(100), ESTIMATED = TimeUnit.SECONDS.toNanos(2);

	private final Consumer<String> status;
	private final DoubleConsumer share;
	private final BooleanSupplier cancelled;
	private final LongSupplier nanoTime;
	private String phase = "";
	private int first, last;
	private long began, told;

	/**
	 * @param status hears what is being done
	 * @param share hears the finished share of what is being done, 0 to 1
	 * @param cancelled whether the user has cancelled
	 */
	public Told(final Consumer<String> status, final DoubleConsumer share, final BooleanSupplier cancelled) {
		this(status, share, cancelled, System::nanoTime);
	}

	Told(final Consumer<String> status, final DoubleConsumer share, final BooleanSupplier cancelled, final LongSupplier nanoTime) {
		this.status = status;
		this.share = share;
		this.cancelled = cancelled;
		this.nanoTime = nanoTime;
	}

	/** To those who follow a training. */
	static Told to(final TrainingProgress progress) {
		return new Told(progress::status, done -> {}, () -> progress.signal() == Signal.CANCEL);
	}

	/**
	 * Tells what is done next, where there are no items to count.
	 *
	 * @throws CancellationException if the user has cancelled
	 */
	synchronized void now(final String what) {
		go();
		phase = "";
		status.accept("Glia: " + what);
	}

	/** @throws CancellationException if the user has cancelled */
	@Override
	public synchronized void at(final String what, final int item, final int of) {
		go();
		final long now = nanoTime.getAsLong();
		final boolean isNew = !what.equals(phase);
		if (isNew) {
			phase = what;
			first = item;
			began = now;
		}
		// NB: work that is asked whether it is cancelled comes with the same item again
		else if ((item < of || item == last) && now - told < INTERVAL) return;
		told = now;
		last = item;
		share.accept((item - 1.0) / of);
		status.accept("Glia: " + what + " " + item + " of " + of + left(now - began, item - first, of - item + 1));
	}

	private void go() {
		if (cancelled.getAsBoolean()) throw new CancellationException();
	}

	/** Once it can be known. */
	private static String left(final long elapsed, final int done, final int left) {
		if (elapsed < ESTIMATED || done <= 0) return "";
		final long seconds = Math.round(elapsed / 1e9 / done * left);
		return ", " + (seconds < 100 ? seconds + " s" : Math.round(seconds / 60.0) + " min") + " left";
	}
}
