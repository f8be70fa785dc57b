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
package sc.fiji.glia.task;

import static sc.fiji.glia.task.Setting.choice;

import java.util.Arrays;
import java.util.List;

/** Chooses where networks are computed from now on. */
public final class ChooseEngine {

	/** The settings of {@link #run}. */
	public static final Settings SETTINGS = new Settings("Glia Engine...", "Plugins>Glia", List.of( //
		choice("engine", Arrays.stream(Engine.Where.values()).map(Engine.Where::text).toList(), "Compute networks",
			"Where networks are trained and applied: worker is a process of its own with fast vector instructions, in-process is ImageJ itself, auto is a worker unless ImageJ itself has vector instructions or there is little to do.")));

	private ChooseEngine() {}

	/**
	 * Keeps the choice, also when ImageJ is closed.
	 *
	 * @param values values of {@link #SETTINGS}
	 */
	public static void run(final Values values) {
		Engine.wish(Engine.Where.of(values.choice("engine")));
	}

	/** The present choice. */
	public static String present() {
		return Engine.wish().text();
	}
}
