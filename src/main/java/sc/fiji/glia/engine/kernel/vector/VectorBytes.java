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

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import sc.fiji.glia.engine.kernel.dense.ByteKernels;
import sc.fiji.glia.engine.kernel.dense.ByteValues;
import sc.fiji.glia.engine.kernel.plain.PlainBytes;

/** As many bytes at a time as a vector has floats, where values are products; else, and for bytes that fill no vector, a table. */
public final class VectorBytes implements ByteKernels {

	private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
	private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;
	private static final VectorSpecies<Byte> B = ByteVector.SPECIES_128;
	private static final int V = S.length();

	private final ByteKernels plain = new PlainBytes();

	/** Whether a vector has as many floats as the shortest of bytes can be read for. */
	public static boolean fits() {
		return V == B.length();
	}

	@Override
	public void read(final byte[] from, final int fromAt, final ByteValues values, final float[] to, final int toAt, final int n) {
		final int whole = values.isProduct() ? n / V * V : 0;
		multiply(from, fromAt, values.factor(), values.rest(), to, toAt, whole);
		if (whole < n) plain.read(from, fromAt + whole, values, to, toAt + whole, n - whole);
	}

	// NB: the conversion without a sign does not work in Java 17
	private static void multiply(final byte[] from, final int fromAt, final float factor, final float rest, final float[] to, final int toAt,
		final int n)
	{
		final FloatVector f = FloatVector.broadcast(S, factor), r = FloatVector.broadcast(S, rest);
		for (int i = 0; i < n; i += V) {
			final IntVector v = ((IntVector) ByteVector.fromArray(B, from, fromAt + i).convertShape(VectorOperators.B2I, I, 0)).and(0xff);
			final FloatVector x = (FloatVector) v.convert(VectorOperators.I2F, 0);
			x.fma(f, x.mul(r)).intoArray(to, toAt + i);
		}
	}
}
