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
package sc.fiji.glia.engine.kernel.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.Lanes;

/** The tests of this package with the narrower vectors that this machine has too, each in a Java of its own: the width is chosen once. */
class WidthsTest {

	@BeforeAll
	static void needsVectors() {
		assumeTrue(KernelProvider.available().size() > 1, "the module jdk.incubator.vector");
	}

	/** Runs the tests of this package; the exit status says whether all ran and passed. */
	public static void main(final String[] args) {
		final SummaryGeneratingListener summary = new SummaryGeneratingListener();
		final Launcher launcher = LauncherFactory.create(LauncherConfig.builder().enableLauncherSessionListenerAutoRegistration(false).build());
		launcher.execute(LauncherDiscoveryRequestBuilder.request().selectors(selectClass(BlockConvolutionTest.class), selectClass(BlockMapsTest.class),
			selectClass(BlockHeadTest.class), selectClass(WinogradTest.class)).build(), summary);
		summary.getSummary().printFailuresTo(new PrintWriter(System.out, true), 5);
		System.out.println("lanes " + Lanes.COUNT + ", tests " + summary.getSummary().getTestsSucceededCount());
		System.exit(summary.getSummary().getTestsFailedCount() == 0 && summary.getSummary().getTestsSucceededCount() > 10 ? 0 : 1);
	}

	@Test
	void narrowerVectors() throws IOException, InterruptedException {
		final Map<Integer, Process> runs = new LinkedHashMap<>();
		for (int bits = 128; bits < 32 * Lanes.COUNT; bits *= 2) runs.put(bits, start("-Dglia.vector.bits=" + bits));
		for (final Map.Entry<Integer, Process> run : runs.entrySet()) {
			final String output = output(run.getValue());
			assertEquals(0, run.getValue().waitFor(), run.getKey() + " bits: " + output);
			assertTrue(output.contains("lanes " + run.getKey() / 32 + ","), output);
		}
	}

	@Test
	void widerVectorsThanTheMachineHasAreRefused() throws IOException, InterruptedException {
		// NB: the option is for x86; elsewhere 512 bits are too many anyway, or else there is nothing to see
		final Process process = start("-XX:UseAVX=2", "-Dglia.vector.bits=512");
		final String output = output(process);
		assumeTrue(!output.contains("lanes 16"), "narrower vectors");
		assertEquals(1, process.waitFor(), output);
		assertTrue(output.contains("glia.vector.bits: expected at most "), output);
	}

	private static Process start(final String... options) throws IOException {
		final List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
			"-XX:+IgnoreUnrecognizedVMOptions", "--add-modules=jdk.incubator.vector"));
		command.addAll(List.of(options));
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), WidthsTest.class.getName()));
		return new ProcessBuilder(command).redirectErrorStream(true).start();
	}

	private static String output(final Process process) throws IOException {
		return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
	}
}
