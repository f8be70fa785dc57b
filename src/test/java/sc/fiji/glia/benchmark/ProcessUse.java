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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What this process has used of processor and memory, as Linux counts it; elsewhere unknown. */
final class ProcessUse {

	private static final Path PROCESS = Path.of("/proc/self");

	private ProcessUse() {}

	/** Processor time of all threads that live, in milliseconds; NaN if unknown. */
	static double cpuMillis() {
		final Path tasks = PROCESS.resolve("task");
		if (!Files.isDirectory(tasks)) return Double.NaN;
		long nanos = 0;
		try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
			for (final Path t : threads) nanos += nanos(t.resolve("schedstat"));
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
		return nanos * 1e-6;
	}

	private static long nanos(final Path schedule) throws IOException {
		try {
			final String line = Files.readString(schedule);
			return Long.parseLong(line.substring(0, line.indexOf(' ')));
		}
		catch (final NoSuchFileException e) {
			return 0; // the thread has ended
		}
	}

	/** Largest resident memory so far, in MiB; -1 if unknown. */
	static long peakMemory() {
		final Path status = PROCESS.resolve("status");
		if (!Files.exists(status)) return -1;
		try {
			return Files.readAllLines(status).stream().filter(l -> l.startsWith("VmHWM:")).mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")) / 1024)
				.findFirst().orElse(-1);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
