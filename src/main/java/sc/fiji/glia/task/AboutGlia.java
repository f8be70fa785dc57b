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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import ij.ImageJ;

import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.worker.Launch;

/** Says what this Glia is, where and with which kernels it computes networks here, and why. */
public final class AboutGlia {

	/** Nothing to choose. */
	public static final Settings SETTINGS = new Settings("About Glia...", "Plugins>Glia", List.of());

	private AboutGlia() {}

	/** The present state, line by line. A worker is started to find out whether that is possible; usually that takes less than half a second. */
	public static List<String> lines() {
		return lines(Engine.preferred());
	}

	static List<String> lines(final Engine engine) {
		final Engine.Placed<Engine.Where> training = engine.training();
		final List<String> lines = new ArrayList<>();
		lines.add("Glia " + version() + ": neural networks for the images that are open in ImageJ");
		lines.add("Research software, not a medical device.");
		lines.add("Copyright (C) 2026 Glia developers. BSD 2-Clause License: use, change and pass on freely; there is no warranty.");
		lines.add("");
		lines.add("engine: " + engine.where().text() + ", " + why(engine) + " (Plugins>Glia>Glia Engine...)");
		lines.add(training.line(engine.threads()));
		if (training.isWorker()) lines.add("kernels in ImageJ itself: " + KernelProvider.best().name() + ". " + KernelProvider.reason());
		lines.add(memory(training));
		lines.add(String.join(" ", "Java", property("java.version") + ",", property("java.vm.name") + ",", property("java.vendor") + ", in", property(
			"java.home")));
		lines.add("ImageJ " + ImageJ.VERSION + ", " + property("os.name") + " " + property("os.arch") + ", " + engine.threads() + (engine.threads() == 1
			? " core" : " cores"));
		return List.copyOf(lines);
	}

	private static String memory(final Engine.Placed<Engine.Where> training) {
		final Runtime java = Runtime.getRuntime();
		final String worker = training.isWorker() ? ", a worker process may use " + (training.bytes() >> 20) + " MB besides" : "";
		return "memory: ImageJ uses " + (java.totalMemory() - java.freeMemory() >> 20) + " of " + (java.maxMemory() >> 20) + " MB" + worker +
			"; the computer has " + (Launch.machineMemory() >> 20) + " MB";
	}

	private static String property(final String name) {
		return System.getProperty(name, "unknown");
	}

	private static String why(final Engine engine) {
		return switch (engine.where()) {
			case WORKER -> "trainings and segmentations are computed in a worker process, as chosen";
			case IN_PROCESS -> "trainings and segmentations are computed in ImageJ itself, as chosen";
			case AUTO -> engine.wantsWorker()
				? "trainings and all but short segmentations are computed in a worker process, as ImageJ itself has no vector instructions"
				: "trainings and segmentations are computed in ImageJ itself, as it has vector instructions";
		};
	}

	/** Versions of what computes, by name: a model file keeps them. */
	static Map<String, String> versions(final String kernels) {
		final Map<String, String> versions = new LinkedHashMap<>();
		versions.put("Glia", version());
		versions.put("Java", System.getProperty("java.version"));
		versions.put("ImageJ", ImageJ.VERSION);
		versions.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
		versions.put("kernels", kernels);
		return versions;
	}

	/** The version of the jar, or {@code development} outside of one. */
	static String version() {
		return Optional.ofNullable(AboutGlia.class.getPackage().getImplementationVersion()).orElse("development");
	}
}
