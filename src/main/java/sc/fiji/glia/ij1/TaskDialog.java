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
package sc.fiji.glia.ij1;

import java.awt.Button;
import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.Component;
import java.awt.FlowLayout;
import java.awt.Label;
import java.awt.Panel;
import java.awt.TextField;
import java.awt.event.ActionListener;
import java.io.File;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Vector;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.io.SaveDialog;
import sc.fiji.glia.task.OpenImages;
import sc.fiji.glia.task.Setting;
import sc.fiji.glia.task.Settings;
import sc.fiji.glia.ui.Proposals;
import sc.fiji.glia.ui.UserTask;

/**
 * Asks a user for a task's settings in ImageJ's own kind of dialog, starting with what was entered before. Settings that most users leave alone are in a
 * second dialog behind a button.
 */
final class TaskDialog {

	private static final int TEXT_COLUMNS = 12;
	private static final int PATH_COLUMNS = 34;
	/** Characters in which the settings of the second dialog are told in the first. */
	private static final int MOST_SHOWN = 70;

	private final UserTask task;
	private final Settings settings;
	private final Map<String, String> entered;
	/** What was proposed last: it may be replaced, what a user has entered may not. */
	private final Map<String, String> proposed;

	TaskDialog(final UserTask task) {
		this.task = task;
		settings = task.settings();
		final Optional<ImagePlus> image = Proposals.image(settings);
		entered = Proposals.initial(task, image);
		proposed = Proposals.of(settings, image, entered.getOrDefault("folder", ""));
	}

	/** What the user has entered, as text and unchecked; empty if the dialog was cancelled. Blocks until it is closed. */
	Optional<Map<String, String>> ask() {
		final GenericDialog dialog = new GenericDialog(settings.title());
		final Map<String, Field> shown = add(dialog, settings.list().stream().filter(s -> !isDetail(s)).toList());
		if (shown.get("image") instanceof ChoiceField image) {
			image.choice.addItemListener(e -> propose(shown, s -> s.kind() == Setting.Kind.TITLE || s.kind().isPath()));
			if (shown.get("folder") instanceof TextEntry folder) folder.text.addTextListener(e -> propose(shown, s -> s.kind() == Setting.Kind.FILE_SAVE));
		}
		if (!task.details().isEmpty()) addDetails(dialog);
		dialog.addHelp(help());
		dialog.showDialog();
		if (dialog.wasCanceled()) return Optional.empty();
		read(shown);
		return Optional.of(Map.copyOf(entered));
	}

	private boolean isDetail(final Setting s) {
		return task.details().contains(s.key());
	}

	/** For another image or folder, replaces the proposals that stand as they were. */
	private void propose(final Map<String, Field> shown, final Predicate<Setting> which) {
		final String folder = shown.containsKey("folder") ? shown.get("folder").value() : "";
		final Map<String, String> now = Proposals.of(settings, Optional.ofNullable(WindowManager.getImage(shown.get("image").value())), folder);
		for (final Setting s : settings.list()) {
			final Field field = shown.get(s.key());
			if (!which.test(s) || field == null) continue;
			final String before = proposed.getOrDefault(s.key(), s.standard()), next = now.getOrDefault(s.key(), s.standard());
			if (field.value().equals(before)) field.show(next);
			proposed.put(s.key(), next);
		}
	}

	private void addDetails(final GenericDialog dialog) {
		final Label changed = new Label();
		final Button more = new Button("More settings..."), reset = new Button("Reset");
		final Runnable tell = () -> {
			changed.setText(changedDetails());
			reset.setVisible(details().anyMatch(this::isChanged));
		};
		more.addActionListener(e -> {
			askDetails();
			tell.run();
			dialog.pack();
		});
		reset.addActionListener(e -> {
			details().forEach(s -> entered.put(s.key(), s.standard()));
			tell.run();
			dialog.pack();
		});
		tell.run();
		final Panel row = new Panel(new FlowLayout(FlowLayout.LEFT, 5, 0));
		row.add(more);
		row.add(reset);
		row.add(changed);
		dialog.addPanel(row);
	}

	private void askDetails() {
		final GenericDialog dialog = new GenericDialog(settings.title() + ": more settings");
		final Map<String, Field> shown = add(dialog, details().toList());
		dialog.addHelp(help());
		dialog.showDialog();
		if (!dialog.wasCanceled()) read(shown);
	}

	private Stream<Setting> details() {
		return settings.list().stream().filter(this::isDetail);
	}

	private boolean isChanged(final Setting s) {
		return !entered.get(s.key()).equals(s.standard());
	}

	private String changedDetails() {
		final String changed = details().filter(this::isChanged).map(s -> s.name() + " = " + entered.get(s.key())).collect(Collectors.joining(", "));
		return changed.isEmpty() ? "as derived from the data" : changed.length() > MOST_SHOWN ? changed.substring(0, MOST_SHOWN - 3) + "..." : changed;
	}

	private void read(final Map<String, Field> shown) {
		shown.forEach((key, field) -> entered.put(key, field.value()));
	}

	// -- fields --

	/** A field of a dialog. NB: read directly, as {@code getNext...} would record the labels' first words as keys. */
	private interface Field {

		String value();

		void show(String value);
	}

	private record TextEntry(TextField text) implements Field {

		@Override
		public String value() {
			return text.getText().trim();
		}

		@Override
		public void show(final String value) {
			text.setText(value);
		}
	}

	private record ChoiceField(Choice choice) implements Field {

		@Override
		public String value() {
			return choice.getSelectedItem();
		}

		@Override
		public void show(final String value) {
			choice.select(value);
		}
	}

	private record Tick(Checkbox box) implements Field {

		@Override
		public String value() {
			return Boolean.toString(box.getState());
		}

		@Override
		public void show(final String value) {
			box.setState(Boolean.parseBoolean(value));
		}
	}

	private Map<String, Field> add(final GenericDialog dialog, final List<Setting> list) {
		final Map<String, Field> shown = new LinkedHashMap<>();
		for (final Setting s : list) shown.put(s.key(), add(dialog, s));
		return shown;
	}

	private Field add(final GenericDialog dialog, final Setting s) {
		final String value = entered.get(s.key());
		switch (s.kind()) {
			case IMAGE, TITLE -> dialog.addChoice(s.label(), titles(s).toArray(new String[0]), value);
			case CHOICE -> dialog.addChoice(s.label(), s.choices().toArray(new String[0]), value);
			// NB: a numeric field would turn text that is no number into NaN, and our message could not quote it
			case TEXT, WHOLE, DECIMAL -> dialog.addStringField(s.label(), value, TEXT_COLUMNS);
			case SWITCH -> dialog.addCheckbox(s.label(), Boolean.parseBoolean(value));
			case FILE_OPEN -> dialog.addFileField(s.label(), value, PATH_COLUMNS);
			case FILE_SAVE -> addSaveField(dialog, s, value);
			case FOLDER -> {
				dialog.addDirectoryField(s.label(), value, PATH_COLUMNS);
				((TextField) last(dialog.getStringFields())).setText(value); // NB: without the separator that ImageJ adds: it may be a file
			}
		}
		return switch (s.kind()) {
			case IMAGE, TITLE, CHOICE -> new ChoiceField((Choice) last(dialog.getChoices()));
			case SWITCH -> new Tick((Checkbox) last(dialog.getCheckboxes()));
			default -> new TextEntry((TextField) last(dialog.getStringFields()));
		};
	}

	/** A file field whose button can name a new file; NB: ImageJ's own button offers only files that are there. */
	private void addSaveField(final GenericDialog dialog, final Setting s, final String value) {
		dialog.addFileField(s.label(), value, PATH_COLUMNS);
		final TextField text = (TextField) last(dialog.getStringFields());
		final String extension = s.key().equals("model") ? ".zip" : ".csv";
		for (final Component c : text.getParent().getComponents()) {
			if (!(c instanceof Button browse)) continue;
			for (final ActionListener l : browse.getActionListeners()) browse.removeActionListener(l);
			browse.addActionListener(e -> {
				final File now = new File(text.getText().trim());
				final SaveDialog chooser = new SaveDialog(s.label(), now.getParent(), now.getName().replaceFirst("\\.\\w+$", ""), extension);
				if (chooser.getFileName() != null) text.setText(chooser.getDirectory() + chooser.getFileName());
			});
		}
	}

	private static Object last(final Vector<?> components) {
		return components.lastElement();
	}

	/** What an image can be chosen from; "" where none is needed or none is likely. */
	private List<String> titles(final Setting s) {
		final Set<String> titles = new LinkedHashSet<>(s.choices());
		if (entered.get(s.key()).isEmpty()) titles.add("");
		titles.addAll(OpenImages.titles());
		if (titles.isEmpty() || !s.instead().isEmpty()) titles.add("");
		return new ArrayList<>(titles);
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
