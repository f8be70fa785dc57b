package sc.fiji.glia.task;

import java.util.stream.Collectors;

/** The table of a task's settings as it stands in docs/MACROS.md. */
public final class SettingsDocumentation {

	private SettingsDocumentation() {}

	/** Heading and table, in Markdown. */
	public static String of(final Settings settings) {
		return "## " + settings.label() + "\n\n| key | standard | takes | meaning |\n|---|---|---|---|\n" + settings.list().stream().map(s -> "| `" + s
			.key() + "` | " + standard(s) + " | " + takes(s) + " | " + s.help() + " |\n").collect(Collectors.joining());
	}

	private static String standard(final Setting s) {
		if (s.kind() == Setting.Kind.IMAGE) return "the active image";
		if (s.isRequired() && s.standard().isEmpty()) return "required";
		return s.standard().isEmpty() ? "none" : "`" + s.standard() + "`";
	}

	private static String takes(final Setting s) {
		final String choices = s.choices().stream().map(c -> "`" + c + "`").collect(Collectors.joining(", "));
		return switch (s.kind()) {
			case IMAGE -> "title of an open image";
			case TITLE -> choices.isEmpty() ? "title of an open image" : choices + ", or the title of an open image";
			case TEXT -> "text";
			case CHOICE -> choices;
			case WHOLE -> "whole number, " + range(s);
			case DECIMAL -> "number, " + range(s);
			case SWITCH -> "`true`, `false`, or the bare key for true";
			case FILE_OPEN -> "path of a file to read";
			case FILE_SAVE -> "path of a file to write";
			case FOLDER -> "path of a folder";
		};
	}

	private static String range(final Setting s) {
		return number(s.min()) + " to " + number(s.max()) + (s.isAutomatic() ? ", or 0: automatic" : "");
	}

	private static String number(final double value) {
		return value == 0 ? "0" : new java.math.BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
	}
}
