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
package sc.fiji.glia.data.score;

/**
 * What a score is when there is nothing to score.
 * <p>
 * If neither reference nor prediction has a pixel of the class, Dice and IoU are 0/0: not defined. They are then {@code NaN} and left
 * out of means; they are not counted as 1, which would reward a network for the many slices without the object. If only one of the two
 * has the class, Dice and IoU are 0. Sensitivity is not defined if the reference has no pixel of the class, precision if the prediction
 * has none, specificity if every pixel of the reference is of the class, and all scores if no pixel counts.
 */
public final class EmptyRule {

	/** The rule in one sentence, to be shown beside scores. */
	public static final String TEXT =
		"Dice and IoU are not defined (NaN) where reference and prediction are both empty, sensitivity where the reference is; " +
			"such values are left out of means.";

	private EmptyRule() {}

	/** The quotient, or NaN if both are 0. */
	static double ratio(final double part, final double whole) {
		return whole == 0 ? Double.NaN : part / whole;
	}
}
