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

/**
 * A step on vectors, which are the same for plain and vector kernels. Its work can be done on any rows by themselves, one block of them
 * after the other from the first layer to the last; or on the whole batch, in shares.
 */
abstract class RowStep extends Step {

	/** Values that are worth a share of their own. */
	private static final int SHARE = 1 << 15;
	private static final int SHARES = 16;

	/**
	 * Some rows.
	 *
	 * @param slot which arrays hold them
	 * @param from the first
	 * @param to after the last
	 * @param first number of the image in row 0
	 * @param lane the lane that the rows belong to, if they are worked on block by block
	 */
	record Rows(int slot, int from, int to, int first, int lane) {}

	private final int shares;

	/** @param values values of all rows of a batch */
	RowStep(final long values) {
		shares = (int) Math.max(1, Math.min(SHARES, values / SHARE));
	}

	/** Forward of some rows. */
	abstract void forward(Rows rows);

	/** Backward of some rows. */
	abstract void backward(Rows rows);

	@Override
	boolean isOfMaps() {
		return false;
	}

	@Override
	void forward(final Program program) {
		program.share(shares, (share, images, scratch) -> forward(part(share, images)));
	}

	@Override
	void backward(final Program program) {
		program.share(shares, (share, images, scratch) -> backward(part(share, images)));
	}

	private Rows part(final int share, final int images) {
		return new Rows(0, (int) ((long) share * images / shares), (int) ((share + 1L) * images / shares), 0, 0);
	}
}
