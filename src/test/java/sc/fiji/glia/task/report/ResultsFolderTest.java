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

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.glia.data.score.EmptyRule;
import sc.fiji.glia.engine.train.EpochRecord;
import sc.fiji.glia.model.Model;
import sc.fiji.glia.model.SplitNames;
import sc.fiji.glia.model.Training;

class ResultsFolderTest {

	@TempDir
	Path folder;

	@Test
	void writesExactlyThePromisedFiles() throws IOException {
		final Path results = folder.resolve("a/b");
		Files.createDirectories(results.resolve("sample_predictions"));
		Files.writeString(results.resolve("sample_predictions/07_old.png"), "of an earlier training");
		Files.writeString(results.resolve("sample_predictions/mine.png"), "of the user");
		ResultsFolder.write(results, Reports.of(5, 0.8, 0.1));
		assertEquals(new TreeSet<>(Set.of("history.csv", "loss_curve.png", "dice_curve.png", "report.html", "sample_predictions/mine.png",
			"sample_predictions/01_TCGA_CS_4941.tif_12.png", "sample_predictions/02_b_c_.tif_3.png")), files(results));
		for (final String png : List.of("loss_curve.png", "dice_curve.png")) {
			final BufferedImage image = ImageIO.read(results.resolve(png).toFile());
			assertTrue(image.getWidth() >= 800 && image.getHeight() >= 500, image.getWidth() + "x" + image.getHeight());
		}
	}

	@Test
	void preparesTheFolderBeforeTraining() throws IOException {
		ResultsFolder.prepare(folder.resolve("x/y"));
		assertEquals(Set.of(), files(folder.resolve("x/y")));
		final Path file = Files.writeString(folder.resolve("file"), "x");
		final String message = assertThrows(IllegalArgumentException.class, () -> ResultsFolder.prepare(file)).getMessage();
		assertTrue(message.contains(file.toString()), message);
	}

	@Test
	void historyHasOneRowForEachEpoch() {
		final String text = HistoryCsv.text(List.of(new EpochRecord(1, 1e-4, 0.5, 0.25, Double.NaN, Double.NaN, 2, true), new EpochRecord(2, 0.001, 0.25, 0.5,
			0.75, 0.125, 3, true)), 2, "Dice");
		assertEquals("""
			epoch,rate,loss,dice,validation_loss,validation_dice,seconds,best
			1,1.0E-4,0.5,0.25,NaN,NaN,2.0,false
			2,0.001,0.25,0.5,0.75,0.125,3.0,true
			""", text);
	}

	@Test
	void curvesShowBothLinesAndTheBestEpoch() {
		final BufferedImage both = Curve.DICE.draw(Reports.history(30), 20);
		final Set<Integer> colours = colours(both);
		assertTrue(colours.contains(0x1f6fb4) && colours.contains(0xd9541e), "training, validation");
		assertTrue(count(both, 0x777777) > 300, "the best epoch's line is as high as the plot");
		final List<EpochRecord> alone = Reports.history(30).stream().map(e -> new EpochRecord(e.epoch(), e.rate(), e.loss(), e.score(), Double.NaN,
			Double.NaN, 1, false)).toList();
		assertFalse(colours(Curve.DICE.draw(alone, 0)).contains(0xd9541e), "nothing was validated");
		assertTrue(count(Curve.DICE.draw(alone, 0), 0x777777) < 100, "no best epoch, only letters have this grey");
	}

	@Test
	void curvesOfOddHistories() {
		assertTrue(colours(Curve.LOSS.draw(Reports.history(1), 1)).contains(0x1f6fb4), "a dot for one epoch");
		Curve.LOSS.draw(List.of(), 0);
		Curve.LOSS.draw(List.of(new EpochRecord(1, 1, Double.POSITIVE_INFINITY, Double.NaN, Double.NaN, Double.NaN, 1, false), new EpochRecord(2, 1,
			Double.NaN, 0, 0, 0, 1, false)), 0);
	}

	/** In a view of 4 x 4 pixels the inner 2 x 2 are labelled, the right half is predicted. */
	@Test
	void predictionsAreOutlined() {
		final byte[] label = new byte[16];
		final float[] foreground = new float[16];
		for (final int i : new int[] { 5, 6, 9, 10 }) label[i] = 1;
		for (int i = 0; i < 16; i++) foreground[i] = i % 4 >= 2 ? 0.5f : 0.499f;
		final BufferedImage panel = PredictionPanel.draw(new Preview("x", 4, 4, new float[16], label, foreground));
		final int zoom = 90, view = 4 * zoom, top = panel.getHeight() - view, second = view + 8, third = 2 * (view + 8);
		assertEquals(third + view, panel.getWidth());
		assertEquals(PredictionPanel.LABEL, colour(panel, second + zoom, top + 2 * zoom), "left edge of the label");
		assertEquals(PredictionPanel.LABEL, colour(panel, second + 3 * zoom - 1, top + 2 * zoom), "right edge, inside");
		assertEquals(Color.BLACK, colour(panel, second + 3 * zoom, top + 2 * zoom), "outside");
		assertEquals(Color.BLACK, colour(panel, second + 2 * zoom, top + 2 * zoom), "no line inside");
		assertEquals(PredictionPanel.PREDICTION, colour(panel, third + 2 * zoom, top + 2 * zoom + 5), "a probability of 0.5 is foreground");
		assertEquals(Color.BLACK, colour(panel, third + 2 * zoom - 1, top + 2 * zoom + 5));
		assertEquals(Color.BLACK, colour(panel, zoom, top + 2 * zoom), "no outline on the input");
	}

	@Test
	void predictionsOfOddImages() {
		final BufferedImage large = PredictionPanel.draw(Reports.preview("large", 1200, 300));
		assertEquals(2400, large.getWidth(), "reduced");
		final float[] nan = { Float.NaN, 1, 2, Float.NaN };
		final BufferedImage panel = PredictionPanel.draw(new Preview("nan", 2, 2, nan, new byte[4], new float[4]));
		assertEquals(Color.WHITE, colour(panel, 0, panel.getHeight() - 1), "the largest number is white");
		PredictionPanel.draw(new Preview("unlabelled", 2, 2, nan, new byte[0], new float[4]));
	}

	@Test
	void fileNamesAreHarmless() {
		assertEquals("03_a_b.tif_3.png", ResultsFolder.fileName(3, "a/b.tif:3"));
		assertEquals("01_.._.._x.png", ResultsFolder.fileName(1, "../../x"));
		assertEquals("12_" + "x".repeat(80) + ".png", ResultsFolder.fileName(12, "y".repeat(200) + "x".repeat(80)));
	}

	@Test
	void pageStandsAlone() throws IOException {
		final String html = page(Reports.of(40, 0.83, 0.17));
		assertFalse(html.matches("(?s).*(src|href)=\"(?!data:).*"), "nothing from outside");
		assertFalse(html.contains("http"), "no link");
		assertEquals(4, html.split("<img alt=\"[^\"]*\" src=\"data:image/png;base64,", -1).length - 1, "two curves, two samples");
		for (final String s : List.of("0.830", "Baseline: all background", "0.170", "TCGA_DU_5850", "U-Net of 4 levels", "Two groups were too small",
			"Research software, not a medical device", "1 h 6 min", Html.text(EmptyRule.TEXT), "00ff", "TCGA_CS_4942, TCGA_CS_4943, TCGA_CS_4944",
			"image=[a.tif] epochs=3 seed=1", "Slices without a label count as background.", "No group is on two sides")) assertTrue(html.contains(s), s);
		assertFalse(html.contains("class=\"warning\""), "nothing to warn of");
		assertFalse(html.contains("NaN,") || html.contains(">NaN<"), "a dash instead");
	}

	@Test
	void pageBeginsWithTheBaselineThatMatches() throws IOException {
		for (final double score : new double[] { 0.3, 0.2, 0.205 }) {
			final String html = page(Reports.of(2, score, 0.2));
			final String first = html.substring(html.indexOf("<main>")).replaceAll("<[^>]*>", " ").strip();
			assertEquals(score < 0.21, first.startsWith("This network (" + Html.score(score) + ") is no better than the trivial baseline"), first.substring(0,
				80));
		}
		assertTrue(page(Reports.of(2, Double.NaN, 0.2)).contains("was not judged"));
	}

	@Test
	void pageTellsOfAGroupOnTwoSides() throws IOException {
		final TrainingReport r = Reports.of(2, 0.8, 0.2);
		final Training t = r.model().training();
		final Model leaky = new Model(r.model().graph(), r.model().weights(), r.model().preprocessing(), r.model().classes(), new Training(t.settings(), t
			.choices(), t.fingerprint(), new SplitNames(List.of("p1", "p2"), List.of("p3"), List.of("p2")), t.history(), t.bestEpoch(), t.scores(), t
				.baselines(), t.versions(), t.date(), t.macro(), t.seed(), t.seconds()));
		final String html = page(new TrainingReport(r.title(), leaky, r.scoreName(), r.score(), r.emptyRule(), r.groups(), r.previews(), r.notes()));
		assertTrue(html.contains("On more than one side, so that scores are too good: p2</p>"));
	}

	/** Every text that can come from a user is hostile here. */
	@Test
	void pageEscapesEverything() throws IOException {
		final String evil = "<script>alert('1')</script>\"&";
		final TrainingReport r = Reports.of(2, 0.8, 0.2);
		final Training t = r.model().training();
		final Model model = new Model(r.model().graph(), r.model().weights(), new sc.fiji.glia.model.Preprocessing(evil, 1, r.model().preprocessing()
			.normalization(), 1, 1, evil), List.of(evil, evil + 1), new Training(java.util.Map.of(evil, evil), List.of(evil), t.fingerprint(), new SplitNames(
				List.of(evil), List.of(evil), List.of(evil + 2)), t.history(), 1, java.util.Map.of(evil, 1.0), java.util.Map.of(evil, 1.0), java.util.Map.of(
					evil, evil), evil, evil, 1, 1));
		final String html = page(new TrainingReport(evil, model, evil, 0.5, evil, List.of(new GroupScore(evil, evil, 1, 1, 1, 1, 1, 1)), List.of(Reports
			.preview(evil, 8, 8)), List.of(evil)));
		assertFalse(html.contains("<script"));
		assertFalse(html.contains("alert('"));
		assertTrue(html.split("&lt;script&gt;alert\\(&#39;1&#39;\\)&lt;/script&gt;&quot;&amp;", -1).length > 20, "all of it is there");
	}

	@Test
	void numbersAsPeopleReadThem() {
		assertArrayEquals(new String[] { "0", "2", "0.5", "123456", "1.000e-05", "\u2013", "100" }, Stream.of(0.0, 2.0, 0.5, 123456.0, 1e-5, Double.NaN, 100.0)
			.map(Html::number).toArray());
		assertArrayEquals(new String[] { "59 s", "1 min 0 s", "1 h 1 min" }, Stream.of(59.0, 60.0, 3661.0).map(Html::duration).toArray());
		assertNotEquals(Html.text("\u0000"), "\u0000");
	}

	private String page(final TrainingReport report) throws IOException {
		ResultsFolder.write(folder, report);
		return Files.readString(folder.resolve(ResultsFolder.REPORT), StandardCharsets.UTF_8);
	}

	private static Color colour(final BufferedImage image, final int x, final int y) {
		return new Color(image.getRGB(x, y));
	}

	private static int count(final BufferedImage image, final int colour) {
		int n = 0;
		for (int y = 0; y < image.getHeight(); y++) for (int x = 0; x < image.getWidth(); x++) n += (image.getRGB(x, y) & 0xffffff) == colour ? 1 : 0;
		return n;
	}

	private static Set<Integer> colours(final BufferedImage image) {
		final Set<Integer> colours = new TreeSet<>();
		for (int y = 0; y < image.getHeight(); y++) for (int x = 0; x < image.getWidth(); x++) colours.add(image.getRGB(x, y) & 0xffffff);
		return colours;
	}

	private static Set<String> files(final Path root) throws IOException {
		try (Stream<Path> files = Files.walk(root)) {
			return files.filter(Files::isRegularFile).map(f -> root.relativize(f).toString().replace('\\', '/')).collect(Collectors.toCollection(TreeSet::new));
		}
	}
}
