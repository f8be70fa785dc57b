package sc.fiji.glia.ij1;

import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.TextField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Vector;

import ij.gui.GenericDialog;
import sc.fiji.glia.task.OpenImages;
import sc.fiji.glia.task.Setting;
import sc.fiji.glia.task.Settings;

/** Asks a user for a task's settings in ImageJ's own kind of dialog, starting with what was entered before. */
final class TaskDialog {

	private static final int TEXT_COLUMNS = 12;
	private static final int PATH_COLUMNS = 24;

	private final Settings settings;
	private final Map<String, String> entered = new LinkedHashMap<>();

	TaskDialog(final Settings settings) {
		this.settings = settings;
		for (final Setting s : settings.list()) entered.put(s.key(), s.standard());
		OpenImages.active().ifPresent(i -> entered.put("image", i.getTitle()));
	}

	/** What the user has entered, as text and unchecked; empty if the dialog was cancelled. Blocks until it is closed. */
	Optional<Map<String, String>> ask() {
		final GenericDialog dialog = new GenericDialog(settings.label().replace("...", ""));
		for (final Setting s : settings.list()) add(dialog, s);
		dialog.addHelp(help());
		dialog.showDialog();
		if (dialog.wasCanceled()) return Optional.empty();
		read(dialog);
		return Optional.of(Map.copyOf(entered));
	}

	private void add(final GenericDialog dialog, final Setting s) {
		final String value = entered.get(s.key());
		switch (s.kind()) {
			case IMAGE, TITLE -> {
				final String[] items = titles(s).toArray(new String[0]);
				dialog.addChoice(s.label(), items, value);
			}
			case CHOICE -> dialog.addChoice(s.label(), s.choices().toArray(new String[0]), value);
			// NB: a numeric field would turn text that is no number into NaN, and our message could not quote it
			case TEXT, WHOLE, DECIMAL -> dialog.addStringField(s.label(), value, TEXT_COLUMNS);
			case SWITCH -> dialog.addCheckbox(s.label(), Boolean.parseBoolean(value));
			case FILE_OPEN, FILE_SAVE -> dialog.addFileField(s.label(), value, PATH_COLUMNS);
			case FOLDER -> dialog.addDirectoryField(s.label(), value, PATH_COLUMNS);
		}
	}

	/** What an image can be chosen from; "" where none is needed. */
	private static List<String> titles(final Setting s) {
		final Set<String> titles = new LinkedHashSet<>(s.choices());
		titles.addAll(OpenImages.titles());
		if (titles.isEmpty() || !s.instead().isEmpty()) titles.add("");
		return new ArrayList<>(titles);
	}

	/** NB: reads the components, not {@code getNext...}, which would record the labels' first words as keys. */
	private void read(final GenericDialog dialog) {
		int texts = 0;
		int choices = 0;
		int switches = 0;
		for (final Setting s : settings.list()) {
			entered.put(s.key(), switch (s.kind()) {
				case IMAGE, TITLE, CHOICE -> ((Choice) at(dialog.getChoices(), choices++)).getSelectedItem();
				case SWITCH -> Boolean.toString(((Checkbox) at(dialog.getCheckboxes(), switches++)).getState());
				default -> ((TextField) at(dialog.getStringFields(), texts++)).getText().trim();
			});
		}
	}

	private static Object at(final Vector<?> components, final int index) {
		return components.get(index);
	}

	private String help() {
		final StringBuilder html = new StringBuilder("<html><table>");
		for (final Setting s : settings.list()) {
			html.append("<tr><td valign=top><b>").append(s.label()).append("</b></td><td>").append(s.help()).append(" In macros: <code>").append(s.key())
				.append("</code></td></tr>");
		}
		return html.append("</table></html>").toString();
	}
}
