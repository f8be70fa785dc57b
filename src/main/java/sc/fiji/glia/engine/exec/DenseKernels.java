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
package sc.fiji.glia.engine.exec;

import sc.fiji.glia.engine.kernel.Kernels;
import sc.fiji.glia.engine.kernel.dense.DenseKernel;
import sc.fiji.glia.engine.kernel.dense.DenseOrder;
import sc.fiji.glia.engine.kernel.dense.ProbabilityKernels;
import sc.fiji.glia.engine.kernel.dense.UpdateKernels;
import sc.fiji.glia.engine.kernel.plain.PlainDense;
import sc.fiji.glia.engine.kernel.plain.PlainProbabilities;
import sc.fiji.glia.engine.kernel.plain.PlainUpdates;
import sc.fiji.glia.engine.kernel.vector.FewUnitsDense;
import sc.fiji.glia.engine.kernel.vector.VectorDense;
import sc.fiji.glia.engine.kernel.vector.VectorProbabilities;
import sc.fiji.glia.engine.kernel.vector.VectorUpdates;

/** The kernels of dense networks, in one of two forms that give the same bits. */
public enum DenseKernels {
	/** Loops that the Java compiler vectorises itself. */
	PLAIN,
	/** Explicit vector instructions; needs the module {@code jdk.incubator.vector}. */
	VECTOR;

	/** Sizes that vector kernels work with: rows, inputs and values of a piece; and what they take at the least if units are many, and inputs too. */
	private static final int ROWS = 64, CHUNK = 256, PIECE = 4096, REGION = 1 << 20, FEW = 16, MANY = 64;

	/** The form that goes with other kernels. */
	public static DenseKernels of(final Kernels kernels) {
		return kernels.isVector() ? VECTOR : PLAIN;
	}

	/** The products of a layer. */
	public DenseKernel dense(final int units, final int inputs, final int rows) {
		if (this == PLAIN) return new PlainDense(units, inputs, rows);
		return FewUnitsDense.fits(units, inputs) ? new FewUnitsDense(units, inputs) : new VectorDense(units, inputs, rows);
	}

	/** The arrays of a vector kernel of a layer, told without loading it; it may have fewer. */
	static ArraySizes vectors(final int units, final int inputs, final int rows) {
		final long padded = DenseOrder.padded(units), most = Math.max(ROWS, rows);
		final boolean isFew = units <= FEW && inputs >= MANY;
		return new ArraySizes().add(1, isFew ? (long) FEW * CHUNK + 8L * most * units : Math.max(REGION, Math.max(ROWS * CHUNK, 8 * most) + (ROWS + most) * padded +
			PIECE));
	}

	/** The arrays of a plain kernel of a layer. */
	static ArraySizes planes(final int units, final int rows) {
		final ArraySizes a = new ArraySizes();
		PlainDense.lengths(units, rows, a::add);
		return a;
	}

	/** Probabilities from logits. */
	public ProbabilityKernels probabilities() {
		return this == VECTOR ? new VectorProbabilities() : new PlainProbabilities();
	}

	/** The arithmetic of optimizers. */
	public UpdateKernels updates() {
		return this == VECTOR ? new VectorUpdates() : new PlainUpdates();
	}
}
