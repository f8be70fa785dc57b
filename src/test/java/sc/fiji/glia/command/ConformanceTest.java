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
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scijava.Context;
import org.scijava.ItemIO;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;
import sc.fiji.glia.task.Setting;
import sc.fiji.glia.task.Setting.Kind;
import sc.fiji.glia.task.Settings;
import sc.fiji.glia.task.SettingsDocumentation;
import sc.fiji.glia.ui.UserTask;

/** Holds commands, plugins.config and docs/MACROS.md against the settings of the tasks. */
class ConformanceTest {

	static Stream<TaskCommand> commands() {
		return Stream.of(new TrainNetwork(), new SegmentImage(), new EvaluateImage(), new TrainClassifier(), new ClassifyImage(), new EvaluateClassifier(),
			new ExplainImage(), new CheckNetwork(), new SetEngine(), new BenchmarkGlia(), new ShowAbout());
	}

	private static List<Field> inputs(final TaskCommand command) {
		return Arrays.stream(command.getClass().getDeclaredFields()).filter(f -> f.isAnnotationPresent(Parameter.class) && f.getAnnotation(
			Parameter.class).type() == ItemIO.INPUT).peek(f -> f.setAccessible(true)).toList();
	}

	@Test
	void everyTaskHasACommand() {
		assertEquals(UserTask.ALL, commands().map(TaskCommand::task).toList());
	}

	@ParameterizedTest
	@MethodSource("commands")
	void parametersAreTheSettings(final TaskCommand command) throws IllegalAccessException {
		final Settings settings = command.task().settings();
		assertEquals(settings.keys(), inputs(command).stream().map(Field::getName).toList());
		for (final Field field : inputs(command)) {
			final Setting s = settings.get(field.getName());
			final Parameter p = field.getAnnotation(Parameter.class);
			assertEquals(type(s.kind()), field.getType(), s.key());
			assertFalse(p.persist(), s.key() + " must not come back from the last run");
			assertEquals(s.label(), p.label(), s.key());
			assertEquals(s.help(), p.description(), s.key());
			assertEquals(s.kind() == Kind.CHOICE ? s.choices() : List.of(), List.of(p.choices()), s.key());
			assertEquals(s.kind() == Kind.IMAGE ? s.instead().isEmpty() : s.isRequired() || !s.kind().isPath(), p.required(), s.key());
			if (s.kind() == Kind.IMAGE) assertNull(field.get(command));
			else checkValue(s, p, field.get(command));
		}
	}

	private static void checkValue(final Setting s, final Parameter p, final Object value) {
		assertNotNull(value, s.key() + ": what is null is not recorded");
		assertEquals(s.standard(), s.check(value instanceof File f ? f.getPath() : value.toString()), s.key());
		if (s.kind().isNumber()) {
			assertEquals(s.isAutomatic() ? 0 : s.min(), Double.parseDouble(p.min()), s.key());
			assertEquals(s.max(), Double.parseDouble(p.max()), s.key());
		}
		final String style = switch (s.kind()) {
			case FILE_OPEN -> "open";
			case FILE_SAVE -> "save";
			case FOLDER -> "directory";
			default -> "";
		};
		assertEquals(style, p.style(), s.key());
	}

	private static Class<?> type(final Kind kind) {
		return switch (kind) {
			case IMAGE -> ImagePlus.class;
			case WHOLE -> int.class;
			case DECIMAL -> double.class;
			case SWITCH -> boolean.class;
			case FILE_OPEN, FILE_SAVE, FOLDER -> File.class;
			default -> String.class;
		};
	}

	@ParameterizedTest
	@MethodSource("commands")
	void choicesNeedNoMoreThanBracketsInMacros(final TaskCommand command) {
		for (final Setting s : command.task().settings().list()) for (final String c : s.choices()) assertTrue(c.matches("[\\w+-]+( [\\w+-]+)*"), s.key() + ": " + c);
	}

	@ParameterizedTest
	@MethodSource("commands")
	void commandIsFoundUnderItsLabel(final TaskCommand command) {
		final Settings settings = command.task().settings();
		assertEquals(settings.menu() + ">" + settings.label(), command.getClass().getAnnotation(Plugin.class).menuPath());
		try (Context context = new Context(CommandService.class)) {
			final CommandInfo info = context.service(CommandService.class).getCommand(command.getClass());
			assertNotNull(info, "not in the plugin index");
			assertEquals(settings.label(), info.getMenuPath().getLeaf().getName());
			assertTrue(info.canRunHeadless());
		}
	}

	@ParameterizedTest
	@MethodSource("commands")
	void pluginsConfigHasTheSameLabel(final TaskCommand command) throws IOException {
		final Settings settings = command.task().settings();
		final String expected = settings.menu() + ", \"" + settings.label() + "\", sc.fiji.glia.ij1.RunTask(\"" + command.task().name() + "\")";
		try (BufferedReader r = new BufferedReader(new InputStreamReader(getClass().getResourceAsStream("/plugins.config"), StandardCharsets.UTF_8))) {
			assertTrue(r.lines().anyMatch(expected::equals), "plugins.config lacks: " + expected);
		}
	}

	@ParameterizedTest
	@MethodSource("commands")
	void documentationHasTheSameTable(final TaskCommand command) throws IOException {
		final String expected = SettingsDocumentation.of(command.task().settings());
		assertTrue(Files.readString(Path.of("docs/MACROS.md")).contains(expected), "docs/MACROS.md lacks this:\n" + expected);
	}
}
