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
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ij.IJ;

import java.awt.GraphicsEnvironment;
import java.awt.event.KeyEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import sc.fiji.glia.engine.train.EpochRecord;
import sc.fiji.glia.engine.train.Signal;
import sc.fiji.glia.task.TrainingProgress;

class TrainingTextTest {

	private final List<String> lines = new ArrayList<>();
	private long nanos;
	private final TrainingText text = new TrainingText(lines::add, () -> nanos);

	@AfterEach
	void forgetEscape() {
		IJ.resetEscape();
	}

	@Test
	void theStartTellsTheChoicesAndTheMacro() {
		text.started(new TrainingProgress.Start("brain.tif", "Dice", 50, List.of("batch = 4: fits"), 742, "run(\"Train\");"));
		assertEquals(List.of("Glia trains on brain.tif: at most 50 epochs, 742 MB of memory", "  batch = 4: fits", "  run(\"Train\");"), lines);
	}

	@Test
	void eachEpochIsOneLineUnderOneHeader() {
		text.started(new TrainingProgress.Start("brain.tif", "Dice", 3, List.of(), 1, ""));
		lines.clear();
		text.epochEnded(new EpochRecord(1, 0.001, 0.71234, 0.1204, 0.69, 0.1509, 3.24, true));
		text.epochEnded(new EpochRecord(2, 0.001, 0.5, 0.2, Double.NaN, Double.NaN, 3.24, false));
		assertEquals(List.of("epoch      loss   Dice   val.loss  val.Dice   seconds      left",
			"    1    0.7123  0.120     0.6900     0.151       3.2     00:06 *", "    2    0.5000  0.200          -         -       3.2     00:03"), lines);
	}

	@Test
	void aClassificationTellsAccuracies() {
		text.started(new TrainingProgress.Start("digits", "Accuracy", 3, List.of(), 1, ""));
		lines.clear();
		text.epochEnded(new EpochRecord(1, 0.001, 0.71234, 0.9204, 0.69, 0.9509, 3.24, true));
		text.epochEnded(new EpochRecord(2, 0.001, 0.5, 1, Double.NaN, Double.NaN, 3.24, false));
		assertEquals(List.of("epoch      loss   Accuracy   val.loss  val.Accuracy   seconds      left",
			"    1    0.7123      0.920     0.6900         0.951       3.2     00:06 *",
			"    2    0.5000      1.000          -             -       3.2     00:03"), lines);
	}

	@Test
	void theFoldsOfACrossValidationBeginAgain() {
		final EpochRecord epoch = new EpochRecord(1, 0.001, 0.5, 0.5, 0.5, 0.5, 60, true);
		text.started(new TrainingProgress.Start("digits, fold 1 of 2", "Accuracy", 3, List.of("batch = 4"), 1, "run(\"Train\");"));
		text.epochEnded(epoch);
		lines.clear();
		text.started(new TrainingProgress.Start("digits, fold 2 of 2", "Accuracy", 3, List.of("batch = 4"), 1, "run(\"Train\");"));
		text.epochEnded(new EpochRecord(1, 0.001, 0.5, 0.5, 0.5, 0.5, 2, true));
		assertEquals(3, lines.size(), lines.toString());
		assertEquals("Glia trains on digits, fold 2 of 2: at most 3 epochs, 1 MB of memory", lines.get(0));
		assertTrue(lines.get(1).startsWith("epoch"), lines.get(1));
		assertTrue(lines.get(2).endsWith("00:04 *"), "two epochs of 2 s are left, those of the first fold do not count: " + lines.get(2));
		text.started(new TrainingProgress.Start("digits", "Accuracy", 3, List.of("batch = 8"), 1, "run(\"Train\");"));
		assertEquals("  batch = 8", lines.get(lines.size() - 1));
	}

	@Test
	void numbersDoNotDependOnTheLanguage() {
		final Locale before = Locale.getDefault();
		try {
			Locale.setDefault(Locale.GERMANY);
			text.epochEnded(new EpochRecord(1, 0.001, 0.5, 0.5, 0.5, 0.5, 1.5, false));
		}
		finally {
			Locale.setDefault(before);
		}
		assertTrue(lines.get(1).contains("0.5000") && lines.get(1).contains("1.5"), lines.get(1));
	}

	@Test
	void statusLinesAreRare() {
		text.status("reading 1 of 40");
		nanos = 4_900_000_000L;
		text.status("reading 2 of 40");
		nanos = 5_000_000_000L;
		text.status("reading 3 of 40");
		assertEquals(List.of("reading 1 of 40", "reading 3 of 40"), lines);
	}

	@Test
	void stepsOfALongEpochAreToldEachMinute() {
		text.started(new TrainingProgress.Start("brain.tif", "Dice", 2, List.of(), 1, ""));
		lines.clear();
		for (int step = 1; step <= 4; step++) {
			nanos += 30_000_000_000L;
			text.stepEnded(1, step, 8, 0.25);
		}
		// 2 of 8 steps in 60 s: 240 s an epoch, 480 s in all
		assertEquals(List.of("epoch 1 of 2, step 2 of 8, loss 0.2500, 07:00 left", "epoch 1 of 2, step 4 of 8, loss 0.2500, 06:00 left"), lines);
	}

	@Test
	void theEndIsAlwaysTold() {
		text.status("a");
		text.ended("b");
		assertEquals(List.of("a", "b"), lines);
	}

	@Test
	void escapeCancelsOnlyWithAScreen() {
		text.started(new TrainingProgress.Start("brain.tif", "Dice", 2, List.of(), 1, ""));
		assertEquals(Signal.CONTINUE, text.signal());
		IJ.setKeyDown(KeyEvent.VK_ESCAPE);
		assumeTrue(IJ.escapePressed(), "ImageJ does not take Esc here");
		assertEquals(GraphicsEnvironment.isHeadless() ? Signal.CONTINUE : Signal.CANCEL, text.signal());
	}

	@Test
	void anEscapeFromBeforeDoesNotCountButOneDuringThePreparationsDoes() {
		IJ.setKeyDown(KeyEvent.VK_ESCAPE);
		final TrainingText other = new TrainingText(lines::add);
		assertEquals(Signal.CONTINUE, other.signal());
		IJ.setKeyDown(KeyEvent.VK_ESCAPE);
		assumeTrue(IJ.escapePressed(), "ImageJ does not take Esc here");
		other.started(new TrainingProgress.Start("brain.tif", "Dice", 2, List.of(), 1, ""));
		assertEquals(GraphicsEnvironment.isHeadless() ? Signal.CONTINUE : Signal.CANCEL, other.signal());
	}
}
