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

/**
 * What the arithmetic of networks is done with: loops on planes that the Java compiler vectorises itself, or vector instructions on blocks
 * of channels. Plans choose their layout and steps by this; {@link KernelProvider} says what there is on this machine.
 *
 * @param name for reports, as in {@code plain} or {@code vector 512}
 * @param lanes channels that lie together in memory: 1 for planes, the length of a vector for blocks
 * @param isExact whether convolutions do without Winograd's algorithm, which is faster and rounds a little more
 */
public record Kernels(String name, int lanes, boolean isExact) {

	/** Loops on planes. */
	public static final Kernels PLAIN = new Kernels("plain", 1, false);

	/** Vectors of the given number of floats. */
	public static Kernels vector(final int lanes) {
		return new Kernels("vector " + 32 * lanes, lanes, false);
	}

	/** Vectors of the given number of floats, without Winograd's algorithm. */
	public static Kernels exact(final int lanes) {
		return new Kernels("exact " + 32 * lanes, lanes, true);
	}

	/** Whether feature maps lie in blocks of channels. */
	public boolean isVector() {
		return lanes > 1;
	}
}
