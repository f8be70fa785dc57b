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

import static sc.fiji.glia.task.Setting.image;
import static sc.fiji.glia.task.Setting.path;
import static sc.fiji.glia.task.Setting.title;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import ij.ImagePlus;
import ij.measure.ResultsTable;

import sc.fiji.glia.data.score.Confusion;
import sc.fiji.glia.data.score.SegmentationScores;
import sc.fiji.glia.image.ForegroundMask;
import sc.fiji.glia.model.AtomicFile;
import sc.fiji.glia.task.Setting.Kind;

/** Compares a segmentation with a reference. */
public final class EvaluateSegmentation {

	/** The settings of {@link #run}. */
	public static final Settings SETTINGS = new Settings("Evaluate Segmentation...", "Plugins>Glia", List.of( //
		image("image", "Segmentation", "Title of the mask or label image to judge; the active image if left out."), //
		title("reference", "", List.of(), "Reference", "Title of the open mask or label image that is taken as the truth.").required(), //
		path("save", Kind.FILE_SAVE, "CSV file to write",
			"File for the table, with columns scope,dice,iou,accuracy,sensitivity,specificity; empty writes none.")));

	private EvaluateSegmentation() {}

	/**
	 * Judges every slice, the labelled slices and the whole volume.
	 *
	 * @param values values of {@link #SETTINGS}
	 * @param image the segmentation
	 * @return one row per scope, for a table titled {@code Glia Evaluation}
	 * @throws IllegalArgumentException if image and reference differ in size; the message is for the user
	 * @throws java.io.UncheckedIOException if the CSV file cannot be written
	 */
	public static ResultsTable run(final Values values, final ImagePlus image) {
		final Optional<Path> file = values.path("save");
		file.ifPresent(AtomicFile::checkWritable);
		final ImagePlus reference = OpenImages.other("reference", values.text("reference"), image);
		final List<SegmentationScores.Slice> slices = compare(image, reference);
		final SegmentationScores scores = new SegmentationScores(slices);
		final ResultsTable table = new ResultsTable();
		table.setPrecision(4);
		table.setNaNEmptyCells(true);
		final StringBuilder csv = new StringBuilder("scope,dice,iou,accuracy,sensitivity,specificity\n");
		for (int i = 0; i < slices.size(); i++) add(table, csv, String.valueOf(i + 1), slices.get(i).confusion());
		add(table, csv, "volume", scores.pooled());
		final Confusion labelled = scores.labelledSlices().stream().map(SegmentationScores.Slice::confusion).reduce(Confusion.NONE, Confusion::plus);
		add(table, csv, "labelled slices", labelled);
		file.ifPresent(f -> AtomicFile.write(f, csv.toString().getBytes(StandardCharsets.UTF_8)));
		return table;
	}

	/** Foreground against background, slice by slice. */
	private static List<SegmentationScores.Slice> compare(final ImagePlus image, final ImagePlus reference) {
		final ForegroundMask predicted = new ForegroundMask("image", image), truth = new ForegroundMask("reference", reference);
		if (!truth.fits(predicted)) throw new IllegalArgumentException("reference: " + truth + " does not fit image " + predicted +
			": expected the same width, height and number of slices. Choose the reference that belongs to the image");
		final List<SegmentationScores.Slice> slices = new ArrayList<>();
		for (int i = 0; i < predicted.size(); i++) slices.add(new SegmentationScores.Slice(predicted.name(i), image.getTitle(), Confusion.ofForeground(predicted
			.get(i), truth.get(i))));
		return slices;
	}

	private static void add(final ResultsTable table, final StringBuilder csv, final String scope, final Confusion c) {
		table.incrementCounter();
		table.addValue("Scope", scope);
		csv.append(scope);
		final double[] values = { c.dice(), c.iou(), c.accuracy(), c.sensitivity(), c.specificity() };
		final String[] names = { "Dice", "IoU", "Accuracy", "Sensitivity", "Specificity" };
		for (int i = 0; i < values.length; i++) {
			table.addValue(names[i], values[i]);
			csv.append(',').append(values[i]);
		}
		csv.append('\n');
	}
}
