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

import java.io.File;
import java.lang.management.ManagementFactory;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import com.google.gson.Gson;

/**
 * How a worker is started.
 *
 * @param home folder of the Java to start
 * @param patience how long it may take until the worker says hello
 * @param most bytes that its heap may have at the most
 */
public record Launch(Path home, Duration patience, long most) {

	/** The module for which all this is done. */
	static final String MODULE = "jdk.incubator.vector";

	private static final Duration PATIENCE = Duration.ofSeconds(20);
	/** For garbage, code that runs only now and then, and what the estimates leave out. */
	private static final long YOUNG = 128L << 20, SLACK = 128L << 20;
	private static final double SHARE = 0.8;

	/** With the Java that runs this; with at most four fifths of the machine's memory, less what this process has taken of it. */
	public static Launch standard() {
		final long machine = machineMemory(), here = Runtime.getRuntime().totalMemory();
		return new Launch(Path.of(System.getProperty("java.home")), PATIENCE, Math.max(machine / 4, (long) (SHARE * machine) - here));
	}

	/** Bytes that the computation in a worker may take at the most. */
	public long memory() {
		return Math.max(0, most - YOUNG - SLACK);
	}

	/**
	 * What a computation takes.
	 *
	 * @param least bytes without which it cannot be done
	 * @param useful bytes with which it is fastest
	 */
	public record Need(long least, long useful) {}

	/** Whether a worker may have the least that a computation needs. */
	public boolean fits(final Need need) {
		return heap(need.least) <= most;
	}

	/**
	 * Bytes of heap of a worker for a computation: what is useful, if there is that much.
	 *
	 * @throws NoWorkerException if there is less than the least that it needs
	 */
	long heap(final Need need) {
		if (!fits(need)) throw new NoWorkerException("A worker process would need " + (heap(need.least) >> 20) + " MB of memory, and may take " +
			(most >> 20) + " MB");
		return Math.min(most, heap(Math.max(need.least, need.useful)));
	}

	private static long heap(final long bytes) {
		return bytes + YOUNG + SLACK;
	}

	/**
	 * The command that starts a worker.
	 *
	 * @param heap bytes of its heap
	 * @throws NoWorkerException if there is no Java to start, or it lacks the module
	 */
	List<String> command(final long heap) {
		final Path java = java();
		final List<String> line = new ArrayList<>(List.of(java.toString(), "--add-modules=" + MODULE));
		// NB: ParallelGC with a young generation of fixed size leaves the rest to long arrays, without the gaps that G1 leaves after each
		line.addAll(List.of("-XX:+UseParallelGC", "-Xmn" + (YOUNG >> 20) + "m", "-Xmx" + (heap >> 20) + "m"));
		// NB: vectors that begin at multiples of 64 bytes take a fifth less time, see Arena
		line.add("-XX:ObjectAlignmentInBytes=64");
		// NB: Linux only, elsewhere it is ignored; long arrays in large pages take up to a tenth less time, as fewer addresses are looked up
		line.add("-XX:+UseTransparentHugePages");
		// NB: nothing but messages may get into stdout, and what the virtual machine has to say belongs to what is shown of a failure
		line.addAll(List.of("-XX:+IgnoreUnrecognizedVMOptions", "-XX:+DisplayVMOutputToStderr", "-Xlog:disable", "-Xlog:all=warning:stderr"));
		line.addAll(List.of("-Xshare:auto", "-XX:-UsePerfData", "-Djava.awt.headless=true"));
		line.addAll(List.of("-cp", classPath(), WorkerMain.class.getName(), String.valueOf(ProcessHandle.current().pid())));
		return line;
	}

	private Path java() {
		for (final String name : new String[] { "java", "java.exe" }) {
			final Path java = home.resolve("bin").resolve(name);
			if (Files.isRegularFile(java)) {
				if (isThisJava() && ModuleFinder.ofSystem().find(MODULE).isEmpty()) throw new NoWorkerException("The Java in '" + home + "' has no module " + MODULE);
				return java;
			}
		}
		throw new NoWorkerException("There is no Java to start in '" + home.resolve("bin") + "'");
	}

	private boolean isThisJava() {
		return home.equals(Path.of(System.getProperty("java.home")));
	}

	/** Where Glia and the JSON library come from; in the jar that is one place. */
	private static String classPath() {
		final Set<Path> places = new LinkedHashSet<>();
		for (final Class<?> c : List.of(WorkerMain.class, Gson.class)) places.add(place(c));
		return places.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
	}

	private static Path place(final Class<?> c) {
		final CodeSource source = c.getProtectionDomain().getCodeSource();
		if (source == null || source.getLocation() == null) throw new NoWorkerException("It is not known from which file " + c.getName() + " was loaded");
		try {
			final Path place = Path.of(source.getLocation().toURI());
			if (!Files.exists(place)) throw new NoWorkerException("'" + place + "' is gone");
			return place;
		}
		catch (final URISyntaxException | IllegalArgumentException | java.nio.file.FileSystemNotFoundException e) {
			throw new NoWorkerException("The class " + c.getName() + " was loaded from '" + source.getLocation() + "', which is no file", e);
		}
	}

	/** Bytes of the computer's memory; what this process may use, if that is not known. */
	public static long machineMemory() {
		return ModuleLayer.boot().findModule("jdk.management").isPresent() ? Machine.memory() : Runtime.getRuntime().maxMemory();
	}

	/** A class of its own, as a trimmed Java may lack the module that it needs. */
	private static final class Machine {

		static long memory() {
			return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize();
		}
	}
}
