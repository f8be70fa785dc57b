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
package sc.fiji.glia.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.engine.train.EpochRecord;
import sc.fiji.glia.task.TrainingProgress;
import sc.fiji.glia.task.report.ClassifiedImage;
import sc.fiji.glia.task.report.Preview;

class TrainingNewsTest {

	private long nanos = 100_000_000_000L;
	private final TrainingNews news = new TrainingNews(() -> nanos);

	@Test
	void theLossOfARunningEpochIsTheMeanOfItsSteps() {
		news.stepEnded(1, 1, 3, 4);
		news.stepEnded(1, 2, 3, 1);
		news.stepEnded(1, 3, 3, 1);
		assertEquals(2, news.step().loss(), 1e-12);
		news.stepEnded(2, 1, 3, 0.5);
		assertEquals(0.5, news.step().loss(), 0);
	}

	@Test
	void statusOfThePreparationsEndsWithThem() {
		news.status("looking at the data");
		news.started(new TrainingProgress.Start("a", "Dice", 4, List.of(), 1, ""));
		assertEquals("", news.status());
	}

	@Test
	void theLastBestEpochIsTheBest() {
		for (int epoch = 1; epoch <= 4; epoch++) news.epochEnded(record(epoch, epoch == 1 || epoch == 3));
		assertEquals(3, news.best().orElseThrow().epoch());
	}

	@Test
	void timeStandsStillAfterTheEnd() {
		news.started(new TrainingProgress.Start("a", "Dice", 4, List.of(), 1, ""));
		nanos += 10_000_000_000L;
		news.epochEnded(record(1, true));
		nanos += 4_000_000_000L;
		// 3 epochs of 10 s are left, 4 s of which have passed
		assertEquals(26, news.left().getAsDouble(), 1e-9);
		news.ended("done");
		nanos += 50_000_000_000L;
		assertEquals(14, news.elapsed(), 1e-9);
		assertTrue(news.left().isEmpty());
		assertEquals("done", news.status());
	}

	@Test
	void aPreviewIsCopied() {
		final float[] input = { 1 }, foreground = { 0.5f };
		final byte[] label = { 1 };
		news.preview(new Preview("a", 1, 1, input, label, foreground));
		input[0] = foreground[0] = 9;
		label[0] = 9;
		final Preview kept = news.shown().orElseThrow().preview();
		assertEquals(1, kept.input()[0]);
		assertEquals(0.5f, kept.foreground()[0]);
		assertEquals(1, kept.label()[0]);
	}

	@Test
	void examplesAreCopiedUpToTwelve() {
		final float[] input = { 1 };
		news.epochEnded(record(1, true));
		news.examples(Collections.nCopies(13, new ClassifiedImage("a", 1, 1, input, "b", "c", 0.5)));
		input[0] = 9;
		final TrainingNews.Examples kept = news.examples().orElseThrow();
		assertEquals(12, kept.images().size());
		assertEquals(1, kept.images().get(11).input()[0]);
		assertEquals("c", kept.images().get(0).predicted());
		assertEquals(1, kept.epoch());
	}

	@Test
	void anotherTrainingBeginsAgain() {
		news.started(new TrainingProgress.Start("fold 1 of 2", "Accuracy", 4, List.of(), 1, ""));
		nanos += 10_000_000_000L;
		news.stepEnded(2, 3, 4, 0.5);
		news.epochEnded(record(1, true));
		news.preview(new Preview("a", 1, 1, new float[1], new byte[1], new float[1]));
		news.examples(List.of(new ClassifiedImage("a", 1, 1, new float[1], "b", "c", 0.5)));
		news.started(new TrainingProgress.Start("fold 2 of 2", "Accuracy", 3, List.of(), 1, ""));
		assertEquals("fold 2 of 2", news.start().title());
		assertEquals(List.of(), news.history());
		assertEquals(0, news.step().steps());
		assertTrue(news.best().isEmpty() && news.shown().isEmpty() && news.examples().isEmpty());
		assertEquals(0, news.elapsed(), 1e-9);
		assertTrue(news.left().isEmpty(), "nothing is known of the new one's epochs");
	}

	@Test
	void allNewsCount() {
		final long before = news.changes();
		news.started(new TrainingProgress.Start("a", "Dice", 1, List.of(), 1, ""));
		news.status("b");
		news.stepEnded(1, 1, 1, 1);
		news.epochEnded(record(1, true));
		news.preview(new Preview("a", 1, 1, new float[1], new byte[1], new float[1]));
		news.examples(List.of());
		news.ended("c");
		assertEquals(before + 7, news.changes());
	}

	private static EpochRecord record(final int epoch, final boolean best) {
		return new EpochRecord(epoch, 0.1, 1, 0.5, 1, 0.5, 10, best);
	}
}
