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

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import ij.Prefs;

import sc.fiji.glia.compute.LocalInference;
import sc.fiji.glia.compute.LocalTraining;
import sc.fiji.glia.compute.NetworkTraining;
import sc.fiji.glia.compute.Inference;
import sc.fiji.glia.compute.TrainingJob;
import sc.fiji.glia.data.Normalization;
import sc.fiji.glia.data.Samples;
import sc.fiji.glia.data.Watch;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.Kernels;
import sc.fiji.glia.worker.Launch;
import sc.fiji.glia.worker.NoWorkerException;
import sc.fiji.glia.worker.RemoteInference;
import sc.fiji.glia.worker.RemoteTraining;
import sc.fiji.glia.worker.WorkerKernels;

/**
 * Where networks are computed: in this process, or in a worker process if that is faster or wanted. If no worker can be had, in this process all the
 * same, and it is said why.
 *
 * @param where the user's wish
 * @param isFastHere true if this process has vector instructions
 * @param launch how a worker is started
 * @param threads number of threads
 */
record Engine(Where where, boolean isFastHere, Launch launch, int threads) {

	/** The user's wish. */
	enum Where {

		/** In a worker if only that has the fast kernels. */
		AUTO("auto"),
		/** In a worker. */
		WORKER("worker"),
		/** In this process. */
		IN_PROCESS("in-process");

		private final String text;

		Where(final String text) {
			this.text = text;
		}

		/** As in a macro. */
		String text() {
			return text;
		}

		/** @return {@link #AUTO} for an unknown text, as of another version's preference */
		static Where of(final String text) {
			for (final Where w : values()) if (w.text.equals(text)) return w;
			return AUTO;
		}
	}

	/**
	 * Multiplications and additions for each thread from which on an inference is worth a worker: about two seconds of work here. A worker takes more
	 * than one second to start and to compile its loops, on however many cores.
	 */
	private static final double WORTH_A_START = 1.7e11;
	private static final String PREFERENCE = "glia.engine";

	/** As the user prefers, with all cores. */
	static Engine preferred() {
		return preferred(Runtime.getRuntime().availableProcessors());
	}

	/** As the user prefers, with a number of threads. */
	static Engine preferred(final int threads) {
		return new Engine(wish(), KernelProvider.best().isVector(), Launch.standard(), threads);
	}

	/** The user's wish. */
	static Where wish() {
		return Where.of(Prefs.get(PREFERENCE, Where.AUTO.text));
	}

	/** Keeps the user's wish, also when ImageJ is closed. */
	static void wish(final Where where) {
		Prefs.set(PREFERENCE, where.text);
	}

	/** True if a worker is to be started. */
	boolean wantsWorker() {
		return where == Where.WORKER || where == Where.AUTO && !isFastHere;
	}

	/** The kernels, as far as the memory that they take is concerned. */
	Kernels sizes() {
		return wantsWorker() ? Kernels.vector(16) : KernelProvider.best();
	}

	/** Bytes that a training may take at the most. */
	long memory() {
		return wantsWorker() ? launch.memory() : Runtime.getRuntime().maxMemory();
	}

	/**
	 * Something that computes, and where.
	 *
	 * @param by what computes
	 * @param kernels name of the kernels
	 * @param reason why these and why there, in a sentence or two
	 * @param bytes memory of a process of its own; 0 if it has none
	 * @param needed memory that the computation takes in this process, if that is known; else 0
	 * @param notes what else the user should know
	 */
	record Placed<T>(T by, String kernels, String reason, long bytes, long needed, List<String> notes) {

		Placed(final T by, final String kernels, final String reason, final long bytes) {
			this(by, kernels, reason, bytes, 0, List.of());
		}

		boolean isWorker() {
			return bytes > 0;
		}

		/** Memory that the computation takes, in MiB: that of the worker process, if there is one. */
		long megabytes() {
			return Math.max(bytes, needed) >> 20;
		}

		/** As it is told and kept. */
		String line(final int threads) {
			return "kernels: " + kernels + ", " + threads + (threads == 1 ? " thread. " : " threads. ") + reason;
		}

		/** That, the memory that it takes, and the notes. */
		List<String> lines(final int threads) {
			final List<String> lines = new ArrayList<>(List.of(line(threads)));
			if (isWorker()) lines.add("memory: at most " + megabytes() + " MB in the worker process, besides what ImageJ has");
			else if (needed > 0) lines.add("memory: " + megabytes() + " MB, besides what ImageJ has taken already");
			lines.addAll(notes);
			return lines;
		}
	}

	/**
	 * Makes ready to train.
	 *
	 * @param job what to do; how thrifty it is with memory, and how many samples it keeps, is decided here
	 * @param weights where training starts and ends
	 * @param memory what the training takes
	 * @param watch may end the copying of the samples for a worker
	 * @throws IllegalArgumentException if there is not the memory; the message says what to do
	 */
	Placed<NetworkTraining> train(final TrainingJob job, final Samples samples, final Weights weights, final TrainingMemory memory, final Watch watch) {
		return place(() -> {
			final TrainingMemory.Fitted m = memory.in(launch);
			final RemoteTraining t = new RemoteTraining(launch, m.need(), m.job(job), watch.over(samples, "copying image", samples.size()), weights);
			return new Placed<>(t, t.kernels(), inWorker(t.reason()), t.heap(), 0, m.notes());
		}, reason -> {
			final TrainingMemory.Fitted m = memory.here();
			return new Placed<>(new LocalTraining(m.job(job), samples, weights), KernelProvider.best().name(), reason, 0, m.need().least() + m.cache(), m.notes());
		});
	}

	/**
	 * Makes ready to apply a network.
	 *
	 * @param need memory that the computation takes
	 * @param images number of images that there are
	 * @param operations multiplications and additions of all of them
	 */
	Placed<Inference> infer(final Graph graph, final Weights weights, final Normalization normalization, final Launch.Need need, final int images,
		final double operations)
	{
		final Function<String, Placed<Inference>> here = reason -> new Placed<>(new LocalInference(graph, weights, normalization, threads, images), KernelProvider
			.best().name(), reason, 0);
		final boolean isLittle = where == Where.AUTO && operations < WORTH_A_START * threads;
		if (isLittle && wantsWorker()) return here.apply("In this process: so little is done before a worker process would have started.");
		return place(() -> {
			final RemoteInference s = new RemoteInference(launch, need, graph, weights, normalization, threads, images);
			return new Placed<>(s, s.kernels(), "In a worker process", s.heap());
		}, here);
	}

	/** Where a training would be computed now, and by what: a worker is started to find out. Its memory is what it may use at the most. */
	Placed<Where> training() {
		return place(() -> {
			final WorkerKernels k = WorkerKernels.of(launch);
			return new Placed<>(Where.WORKER, k.name(), inWorker(k.reason()), launch.memory());
		}, reason -> new Placed<>(Where.IN_PROCESS, KernelProvider.best().name(), reason, 0));
	}

	private static String inWorker(final String reason) {
		return "In a worker process: " + reason;
	}

	private <T> Placed<T> place(final Supplier<Placed<T>> worker, final Function<String, Placed<T>> here) {
		if (!wantsWorker()) return here.apply(KernelProvider.reason());
		try {
			return worker.get();
		}
		catch (final NoWorkerException e) {
			return here.apply(KernelProvider.reason() + " In this process, as there is no worker. " + e.getMessage() + ".");
		}
	}
}
