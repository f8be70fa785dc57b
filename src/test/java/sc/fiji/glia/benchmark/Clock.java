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
package sc.fiji.glia.benchmark;

import java.util.ArrayList;
import java.util.List;

/** Takes the time from step to step, after some steps to warm up, and says when there are enough. */
final class Clock {

	/** A Java virtual machine compiles what runs often while it runs: a short warm-up would time the interpreter. */
	private static final double WARM_SECONDS = 2;

	private final int warmup, steps;
	private final double seconds;
	private final List<Double> millis = new ArrayList<>();
	private int warm;
	private boolean isWarm;
	private long last, begin;
	private double cpu;

	/**
	 * @param warmup steps before timing starts, at the least and for 2 s; none if 0
	 * @param steps timed steps at the least
	 * @param seconds timed seconds at the least
	 */
	Clock(final int warmup, final int steps, final double seconds) {
		this.warmup = warmup;
		this.steps = steps;
		this.seconds = seconds;
		isWarm = warmup == 0;
	}

	/** To be called before the first step. */
	void start() {
		cpu = ProcessUse.cpuMillis();
		begin = last = System.nanoTime();
	}

	/** To be called after each step. */
	void stepEnded() {
		final long now = System.nanoTime();
		if (isWarm) {
			millis.add((now - last) * 1e-6);
			last = now;
		}
		else if (++warm >= warmup && now - begin >= WARM_SECONDS * 1e9) {
			isWarm = true;
			start();
		}
	}

	/** Whether steps are timed. */
	boolean isWarm() {
		return isWarm;
	}

	/** Whether enough steps are timed. */
	boolean isOver() {
		return isWarm && millis.size() >= steps && last - begin >= seconds * 1e9;
	}

	/** Wall time of each step, in milliseconds, ascending. */
	double[] millis() {
		return millis.stream().mapToDouble(m -> m).sorted().toArray();
	}

	/** Processor time of the process from the first timed step until now for each of them, in milliseconds. */
	double cpuPerStep() {
		return (ProcessUse.cpuMillis() - cpu) / millis.size();
	}
}
