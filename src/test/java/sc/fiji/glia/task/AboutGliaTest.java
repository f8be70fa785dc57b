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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.worker.Launch;

class AboutGliaTest {

	/** The one line that begins so. */
	private static String line(final List<String> lines, final String begin) {
		final List<String> found = lines.stream().filter(l -> l.startsWith(begin)).toList();
		assertEquals(1, found.size(), () -> begin + " in " + lines);
		return found.get(0);
	}

	@Test
	void asksTheWorkerForItsKernels() {
		final List<String> lines = AboutGlia.lines(new Engine(Engine.Where.AUTO, false, Launch.standard(), 2));
		assertTrue(line(lines, "engine: auto, ").contains("in a worker process, as ImageJ itself has no vector instructions"));
		assertTrue(line(lines, "kernels: ").matches("kernels: vector \\d+, 2 threads. In a worker process: The module jdk.incubator.vector is there.*"), lines::toString);
		assertEquals("kernels in ImageJ itself: " + KernelProvider.best().name() + ". " + KernelProvider.reason(), line(lines, "kernels in ImageJ itself: "));
		assertTrue(line(lines, "memory: ").matches("memory: ImageJ uses \\d+ of \\d+ MB, a worker process may use [1-9]\\d* MB besides; the computer has [1-9]\\d* MB"),
			lines::toString);
		assertTrue(lines.contains("Research software, not a medical device."));
		assertTrue(line(lines, "Java ").startsWith("Java " + System.getProperty("java.version")));
		assertEquals(0, ProcessHandle.current().children().filter(p -> p.info().commandLine().orElse("").contains("WorkerMain")).count());
	}

	@Test
	void saysWhyThereIsNoWorker(@TempDir final Path folder) {
		final List<String> lines = AboutGlia.lines(new Engine(Engine.Where.WORKER, false, new Launch(folder, Duration.ofSeconds(1), 1L << 40), 2));
		assertTrue(line(lines, "engine: worker, ").contains("as chosen"));
		assertEquals("kernels: " + KernelProvider.best().name() + ", 2 threads. " + KernelProvider.reason() +
			" In this process, as there is no worker. There is no Java to start in '" + folder.resolve("bin") + "'.", line(lines, "kernels: "));
		assertTrue(lines.stream().noneMatch(l -> l.startsWith("kernels in ImageJ")));
	}

	@Test
	void startsNothingWhereNothingIsNeeded(@TempDir final Path folder) {
		final Launch none = new Launch(folder, Duration.ofSeconds(1), 1L << 40);
		final String here = "kernels: " + KernelProvider.best().name() + ", 1 thread. " + KernelProvider.reason();
		for (final Engine engine : List.of(new Engine(Engine.Where.IN_PROCESS, false, none, 1), new Engine(Engine.Where.AUTO, true, none, 1))) {
			final List<String> lines = AboutGlia.lines(engine);
			assertEquals(here, line(lines, "kernels: "));
			assertTrue(line(lines, "engine: ").contains("in ImageJ itself"), lines::toString);
		}
	}
}
