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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why there may be no worker. */
class LaunchTest {

	private static final Duration LONG = Duration.ofSeconds(20);

	private static final WorkerProcess.Ear DEAF = new WorkerProcess.Ear() {

		@Override
		public void heard(final Message message) {}

		@Override
		public void lost(final WorkerLostException e) {}
	};

	private static String refusal(final List<String> command, final Duration patience) {
		return assertThrows(NoWorkerException.class, () -> WorkerProcess.start(command, patience, DEAF).close()).getMessage();
	}

	@Test
	void startsWithTheModule() {
		try (WorkerProcess worker = WorkerProcess.start(Launch.standard().command(300 << 20), LONG, DEAF)) {
			assertTrue(worker.hello().kernels().startsWith("vector"), worker.hello().kernels());
		}
	}

	@Test
	void noJava(@TempDir final Path folder) {
		final Launch launch = new Launch(folder, LONG, 1L << 40);
		assertEquals("There is no Java to start in '" + folder.resolve("bin") + "'", assertThrows(NoWorkerException.class, () -> launch.command(1))
			.getMessage());
	}

	@Test
	void noStart(@TempDir final Path folder) {
		assertTrue(refusal(List.of(folder.resolve("java").toString()), LONG).startsWith("The worker process does not start: "));
	}

	@Test
	void noModule() {
		final List<String> command = new ArrayList<>(Launch.standard().command(300 << 20));
		command.set(1, "--add-modules=jdk.incubator.vektor");
		final String message = refusal(command, LONG);
		assertTrue(message.startsWith("The worker process ended with exit code 1; it wrote: "), message);
		assertTrue(message.contains("Module jdk.incubator.vektor not found"), message);
	}

	@Test
	void memory() {
		final Launch launch = new Launch(Path.of(System.getProperty("java.home")), LONG, 300L << 20);
		assertEquals("A worker process would need 356 MB of memory, and may take 300 MB", assertThrows(NoWorkerException.class, () -> launch.heap(new Launch.Need(
			100 << 20, 200 << 20))).getMessage());
		assertEquals(44L << 20, launch.memory());
		assertEquals(300L << 20, launch.heap(new Launch.Need(44 << 20, 500 << 20)), "less than is useful");
		assertEquals(276L << 20, launch.heap(new Launch.Need(10 << 20, 20 << 20)));
		assertTrue(launch.command(276 << 20).contains("-Xmx276m"));
	}

	@Test
	void noAnswer() {
		assertEquals("The worker process did not answer within 0.8 s", refusal(FakeWorker.command("silent"), Duration.ofMillis(800)));
	}

	@Test
	void noWorkerOfThisVersion() {
		assertEquals("The worker process is of another version (2, expected 3): Glia was replaced while ImageJ was running", refusal(FakeWorker.command("old"),
			LONG));
	}

	@Test
	void noMessages() {
		final String message = refusal(FakeWorker.command("chatty"), LONG);
		// NB: how much of the text has come by then is up to the pipe
		assertTrue(message.startsWith("The worker process cannot be understood: expected a message, found 'Pick"), message);
	}

	@Test
	void noLife() {
		assertEquals("The worker process ended with exit code 1; it wrote: Error occurred during initialization of boot layer", refusal(FakeWorker.command(
			"dying"), LONG));
	}
}
