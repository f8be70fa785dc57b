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
package sc.fiji.glia.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is chosen by Javas that cannot compile, or whose processor lacks something; each in a process of its own. */
class CompilersTest {

	private static final String MODULE = "The module jdk.incubator.vector is there: explicit vector instructions (vector %d).";
	private static final String NOT_COMPILED = "This Java does not compile vector instructions: plain loops.";

	@BeforeAll
	static void needsHotSpot() {
		assumeTrue(!System.getProperty("java.vm.name", "").contains("OpenJ9") && Fused.IN_HARDWARE, "HotSpot on a processor of the last ten years");
	}

	/** Says what was chosen and why. */
	public static final class Choice {

		private Choice() {}

		/** @param args not used */
		public static void main(final String... args) {
			System.out.println(KernelProvider.best().name());
			System.out.println(KernelProvider.reason());
		}
	}

	/** Name and reason. */
	private static List<String> chosen(final String... options) throws IOException, InterruptedException {
		final List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m",
			"-XX:+IgnoreUnrecognizedVMOptions"));
		command.addAll(List.of(options));
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), Choice.class.getName()));
		final Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
		final List<String> said = new String(process.getInputStream().readAllBytes()).lines().toList();
		assertEquals(0, process.waitFor(), said::toString);
		return said;
	}

	private static final String ADD = "--add-modules=jdk.incubator.vector";

	@Test
	void withoutTheOptimisingCompilerLoopsArePlain() throws Exception {
		assertEquals(List.of("plain", NOT_COMPILED + " This Java has no optimising compiler (option -XX:TieredStopAtLevel=1): everything takes five times longer."), chosen(
			ADD, "-XX:TieredStopAtLevel=1"));
	}

	@Test
	void anInterpreterGetsPlainLoops() throws Exception {
		assertEquals(List.of("plain", NOT_COMPILED + " This Java only interprets (option -Xint): everything takes a hundred times longer."), chosen(ADD,
			"-Xint"));
	}

	@Test
	void withoutTheModuleItIsSaidHowToAddIt() throws Exception {
		final List<String> chosen = chosen();
		assertEquals("plain", chosen.get(0));
		assertTrue(chosen.get(1).startsWith("The module jdk.incubator.vector is not there (add it with " + ADD + " when starting Java)"), chosen::toString);
		assertTrue(chosen("-Xint").get(1).endsWith("everything takes a hundred times longer."));
	}

	/** NB: on x86 the option takes away both. Vectors of such a processor are a hundred times slower than loops. */
	@Test
	void withoutFusedMultiplyAddLoopsArePlain() throws Exception {
		assumeTrue(System.getProperty("os.arch").matches("amd64|x86_64"), "the option is for x86");
		assertEquals(List.of("plain", "Vector instructions are slow on a processor without fused multiply-add: plain loops." +
			" The processor has no fused multiply-add: the last bits differ from other machines."), chosen(ADD, "-XX:UseAVX=0"));
	}

	@Test
	void shorterVectorsAreUsed() throws Exception {
		assumeTrue(System.getProperty("os.arch").matches("amd64|x86_64"), "the option is for x86");
		assumeTrue(KernelProvider.best().isVector() && Lanes.COUNT >= 8, "vectors of 256 bits or more");
		assertEquals(List.of("vector 256", String.format(MODULE, 256)), chosen(ADD, "-XX:UseAVX=2"));
	}
}
