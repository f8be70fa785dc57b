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

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vectors of this Java virtual machine: chosen once, constant for the compiler. The system property {@code glia.vector.bits} (128, 256
 * or 512) takes narrower vectors than the widest, for tests. Wider ones are refused: they would not be registers but objects.
 */
public final class Lanes {

	/** The species of all vectors. */
	public static final VectorSpecies<Float> SPECIES = species(FloatVector.SPECIES_PREFERRED.vectorBitSize());
	/** Floats of a vector, which is also the number of channels of a block. */
	public static final int COUNT = SPECIES.length();
	/** Whether there are 32 vector registers and not 16. */
	public static final boolean MANY_REGISTERS = COUNT == 16;

	private Lanes() {}

	private static VectorSpecies<Float> species(final int widest) {
		final int bits = Integer.getInteger("glia.vector.bits", Math.min(512, widest));
		if (bits > widest) throw new IllegalArgumentException("glia.vector.bits: expected at most " + widest +
			", the widest vectors that this Java uses on this processor, got " + bits);
		return switch (bits) {
			case 512 -> FloatVector.SPECIES_512;
			case 256 -> FloatVector.SPECIES_256;
			case 128 -> FloatVector.SPECIES_128;
			default -> throw new IllegalArgumentException("glia.vector.bits: expected 128, 256 or 512, got " + bits);
		};
	}
}
