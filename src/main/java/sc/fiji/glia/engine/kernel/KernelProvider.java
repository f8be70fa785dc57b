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

import java.util.List;

/** Chooses the {@link Kernels} once, when first asked. */
public final class KernelProvider {

	private static final String MODULE = "jdk.incubator.vector";
	private static final List<Kernels> ALL = hasVectorModule() ? List.of(Kernels.PLAIN, Kernels.vector(Lanes.COUNT), Kernels.exact(Lanes.COUNT)) : List.of(
		Kernels.PLAIN);
	/** NB: where fused multiply-add is no instruction, that of vectors is a method which takes hundreds of times longer. */
	private static final Kernels BEST = ALL.get(isCompiled() && Fused.IN_HARDWARE ? Math.min(1, ALL.size() - 1) : 0);

	private KernelProvider() {}

	/** The fastest kernels this Java virtual machine can run. */
	public static Kernels best() {
		return BEST;
	}

	/** All kernels this Java virtual machine can run, the plain ones first. */
	public static List<Kernels> available() {
		return ALL;
	}

	/**
	 * Kernels by name.
	 *
	 * @param name {@code plain}, {@code vector}, or {@code exact} for vector kernels without Winograd's algorithm
	 * @throws IllegalArgumentException if there are none of that name, or not in this Java virtual machine
	 */
	public static Kernels named(final String name) {
		return available().stream().filter(k -> k.name().startsWith(name)).findFirst().orElseThrow(() -> new IllegalArgumentException(
			"kernels: expected one of " + available().stream().map(Kernels::name).toList() + ", got '" + name + "'. " + reason()));
	}

	/** Why {@link #best()} is what it is, in one sentence. */
	public static String reason() {
		return module() + compiler() + (Fused.IN_HARDWARE ? "" : " The processor has no fused multiply-add: the last bits differ from other machines.");
	}

	private static String module() {
		if (hasVectorModule() && !isCompiled()) return "This Java does not compile vector instructions: plain loops.";
		if (hasVectorModule() && !BEST.isVector()) return "Vector instructions are slow on a processor without fused multiply-add: plain loops.";
		return hasVectorModule() ? "The module " + MODULE + " is there: explicit vector instructions (" + BEST.name() + ")." : "The module " + MODULE +
			" is not there (add it with --add-modules=" + MODULE + " when starting Java): loops that the Java compiler vectorises itself.";
	}

	/** A warning where HotSpot's optimising compiler is switched off, which makes everything several times slower. */
	private static String compiler() {
		final String info = System.getProperty("java.vm.info", "");
		if (info.contains("interpreted")) return " This Java only interprets (option -Xint): everything takes a hundred times longer.";
		if (info.contains("emulated-client")) return " This Java has no optimising compiler (option -XX:TieredStopAtLevel=1): everything takes five times longer.";
		return "";
	}

	/** Whether vector instructions are compiled to such; where they are not, they are objects and take a hundred times longer. */
	private static boolean isCompiled() {
		return compiler().isEmpty() && !System.getProperty("java.vm.name", "").contains("OpenJ9");
	}

	private static boolean hasVectorModule() {
		return ModuleLayer.boot().findModule(MODULE).isPresent();
	}
}
