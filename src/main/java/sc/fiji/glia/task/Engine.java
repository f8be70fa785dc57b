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
	 */
	record Placed<T>(T by, String kernels, String reason, long bytes) {

		boolean isWorker() {
			return bytes > 0;
		}

		/** As it is told and kept. */
		String line(final int threads) {
			return "kernels: " + kernels + ", " + threads + (threads == 1 ? " thread. " : " threads. ") + reason;
		}

		/** That and the memory of the worker, if it is one. */
		List<String> lines(final int threads) {
			return isWorker() ? List.of(line(threads), "memory: at most " + (bytes >> 20) + " MB in the worker process, besides what ImageJ has") : List.of(line(
				threads));
		}
	}

	/**
	 * Makes ready to train.
	 *
	 * @param weights where training starts and ends
	 * @param need memory that the training takes
	 * @param checkHere called before the training is made in this process; throws if there is not the memory
	 * @param watch may end the copying of the samples for a worker
	 */
	Placed<NetworkTraining> train(final TrainingJob job, final Samples samples, final Weights weights, final Launch.Need need, final Runnable checkHere,
		final Watch watch)
	{
		return place(() -> {
			final RemoteTraining t = new RemoteTraining(launch, need, job, watch.over(samples, "copying image", samples.size()), weights);
			return new Placed<>(t, t.kernels(), inWorker(t.reason()), t.heap());
		}, reason -> {
			checkHere.run();
			return new Placed<>(new LocalTraining(job, samples, weights), KernelProvider.best().name(), reason, 0);
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
