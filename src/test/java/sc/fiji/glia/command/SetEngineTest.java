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
package sc.fiji.glia.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.concurrent.ExecutionException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.module.Module;

import sc.fiji.glia.task.ChooseEngine;

class SetEngineTest {

	@AfterEach
	void reset() {
		ChooseEngine.run(ChooseEngine.SETTINGS.parse(Map.of()));
	}

	@Test
	void scriptsChoose() throws Exception {
		try (Context context = new Context(CommandService.class)) {
			final CommandService commands = context.service(CommandService.class);
			commands.run(SetEngine.class, false, "engine", "worker").get();
			assertEquals("worker", ChooseEngine.present());
			assertThrows(ExecutionException.class, () -> commands.run(SetEngine.class, false, "engine", "elsewhere").get());
			assertEquals("worker", ChooseEngine.present());
		}
	}

	@Test
	void aDialogBeginsWithThePresentChoice() throws Exception {
		try (Context context = new Context(CommandService.class)) {
			ChooseEngine.run(ChooseEngine.SETTINGS.parse(Map.of("engine", "in-process")));
			final CommandInfo info = context.service(CommandService.class).getCommand(SetEngine.class);
			final Module module = info.createModule();
			assertEquals("auto", module.getInput("engine"));
			info.getInput("engine").initialize(module);
			assertEquals("in-process", module.getInput("engine"));
		}
	}
}
