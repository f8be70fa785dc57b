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
package sc.fiji.glia.worker;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.concurrent.CancellationException;

/**
 * A failure in the worker, told so that it can be thrown here.
 *
 * @param kind what is thrown here
 * @param message its message
 * @param trace where it happened
 */
record Failure(Kind kind, String message, String trace) {

	/** The failures that a task announces, and all others. */
	enum Kind {
		ARGUMENT, FILE, CANCELLED, MEMORY, DEFECT
	}

	static Failure of(final Throwable t) {
		final StringWriter trace = new StringWriter();
		t.printStackTrace(new PrintWriter(trace, true));
		final Kind kind = t instanceof IllegalArgumentException ? Kind.ARGUMENT : t instanceof UncheckedIOException ? Kind.FILE
			: t instanceof CancellationException ? Kind.CANCELLED : t instanceof OutOfMemoryError ? Kind.MEMORY : Kind.DEFECT;
		final boolean isPlain = kind != Kind.DEFECT && t.getMessage() != null;
		return new Failure(kind, isPlain ? t.getMessage() : t.toString(), trace.toString());
	}

	/** The same as an exception of this process; its cause shows where it happened. */
	RuntimeException exception(final long heap) {
		final RuntimeException cause = new IllegalStateException("in the worker process: " + trace);
		return switch (kind) {
			case ARGUMENT -> new IllegalArgumentException(message, cause);
			case FILE -> new UncheckedIOException(message, new java.io.IOException(message, cause));
			case CANCELLED -> new CancellationException(message);
			case MEMORY -> new IllegalArgumentException("batch: the worker process needs more than the " + (heap >> 20) +
				" MB that it has. Train with a smaller batch, or segment smaller images", cause);
			case DEFECT -> new IllegalStateException(message, cause);
		};
	}
}
