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
package sc.fiji.glia.task.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import sc.fiji.glia.engine.train.EpochRecord;
import sc.fiji.glia.model.AtomicFile;

/**
 * The history of a training as a table: one row for each epoch, columns {@code epoch,rate,loss,dice,validation_loss,validation_dice,seconds,best};
 * for classification {@code accuracy} and {@code validation_accuracy} in place of {@code dice} and {@code validation_dice}. The {@code best} row is
 * the one whose weights the model has. A number that does not exist is {@code NaN}.
 */
public final class HistoryCsv {

	private HistoryCsv() {}

	/**
	 * Writes {@code history.csv} into a folder.
	 *
	 * @param bestEpoch the epoch whose weights the model has; 0 if there is none
	 * @param score what the score of an epoch is: {@code Dice} or {@code Accuracy}
	 * @throws java.io.UncheckedIOException if the file cannot be written; the message names it
	 */
	public static void write(final Path folder, final List<EpochRecord> history, final int bestEpoch, final String score) {
		AtomicFile.write(folder.resolve("history.csv"), text(history, bestEpoch, score));
	}

	static String text(final List<EpochRecord> history, final int bestEpoch, final String score) {
		final String column = score.toLowerCase(Locale.ROOT);
		final List<List<Object>> rows = new ArrayList<>();
		for (final EpochRecord e : history) rows.add(List.of(e.epoch(), e.rate(), e.loss(), e.score(), e.validationLoss(), e.validationScore(), e.seconds(), e
			.epoch() == bestEpoch));
		return new Rows(List.of("epoch", "rate", "loss", column, "validation_loss", "validation_" + column, "seconds", "best"), rows).csv();
	}
}
