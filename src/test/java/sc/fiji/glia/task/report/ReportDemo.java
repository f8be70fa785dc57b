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
import java.util.List;
import java.util.stream.IntStream;

import sc.fiji.glia.task.report.ClassificationReport.Fold;
import sc.fiji.glia.task.report.ClassificationReport.JudgedOn;

/** Writes the results folders of made-up trainings to {@code target/report-demo}, to look at. */
public final class ReportDemo {

	private ReportDemo() {}

	public static void main(final String[] args) {
		ResultsFolder.write(Path.of("target/report-demo/good"), Reports.of(40, 0.83, 0.17));
		ResultsFolder.write(Path.of("target/report-demo/useless"), Reports.of(1, 0.16, 0.17));
		ResultsFolder.write(Path.of("target/report-demo/short"), Reports.of(3, Double.NaN, 0.17));
		final ClassificationReport tumour = ClassificationReports.of(ClassificationReports.TUMOUR, 420, 2.2, 0.76, JudgedOn.TEST);
		final ClassificationReport small = ClassificationReports.of(List.of("benign", "benign without callback", "malignant"), 40, 1.5, 0.7,
			JudgedOn.VALIDATION);
		final ClassificationReport digits = ClassificationReports.of(ClassificationReports.DIGITS, 10_000, 3.2, 0.8, JudgedOn.TEST);
		final List<String> many = IntStream.range(0, 60).mapToObj(i -> "species " + i).toList();
		ClassificationResults.write(Path.of("target/report-demo/tumour"), tumour);
		ClassificationResults.write(Path.of("target/report-demo/small"), ClassificationReports.with(small, List.of(
			"3 of 40 validation images have copies among the images trained on, so that scores are too high: 'a.jpg' and 'b.jpg'."), List.of(new Fold(1, 13,
				0.7, 0.6), new Fold(2, 14, 0.8, 0.75), new Fold(3, 13, 0.9, 0.9))));
		ClassificationResults.write(Path.of("target/report-demo/digits"), digits);
		ClassificationResults.write(Path.of("target/report-demo/evaluated"), ClassificationReports.evaluated(tumour));
		ClassificationResults.write(Path.of("target/report-demo/many"), ClassificationReports.of(many, 3000, 3, 0.5, JudgedOn.TEST));
	}
}
