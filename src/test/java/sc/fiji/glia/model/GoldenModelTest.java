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
package sc.fiji.glia.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.data.Fingerprint;
import sc.fiji.glia.data.Fingerprint.Size;
import sc.fiji.glia.data.Normalization;
import sc.fiji.glia.data.Normalization.Method;
import sc.fiji.glia.data.Normalization.Scope;
import sc.fiji.glia.engine.graph.BatchNorm;
import sc.fiji.glia.engine.graph.Concat;
import sc.fiji.glia.engine.graph.Conv2D;
import sc.fiji.glia.engine.graph.Dropout;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Input;
import sc.fiji.glia.engine.graph.LeakyReLU;
import sc.fiji.glia.engine.graph.MaxPool2D;
import sc.fiji.glia.engine.graph.Node;
import sc.fiji.glia.engine.graph.Padding;
import sc.fiji.glia.engine.graph.ReLU;
import sc.fiji.glia.engine.graph.Sigmoid;
import sc.fiji.glia.engine.graph.Softmax;
import sc.fiji.glia.engine.graph.Upsample2D;
import sc.fiji.glia.engine.train.EpochRecord;

/**
 * The file of format 1, made when the format was new. Neither the file nor this test is ever edited: if the test fails, the reader is
 * wrong. (Where a record gets a field, what is expected for files that lack it is added here.)
 */
class GoldenModelTest {

	private static final String FILE_SHA256 = "482517db4f8e7ac6762435d80f718aa785feafb139c661914437c681000cfe48", WEIGHTS_SHA256 = "9bab9dd4cdbbe89b6c363648302f12e8a3b12192f3308f4aca39e186da6e7a5c";

	private final Path file = file();
	private final Model model = ModelFile.read(file);

	@Test
	void fileWasNeverEdited() throws IOException {
		assertEquals(FILE_SHA256, sha256(Files.readAllBytes(file)));
	}

	@Test
	void graph() {
		assertEquals(new Graph(List.of(new Node("input", new Input(2), List.of()), //
			new Node("enc1.conv1", new Conv2D(2, 3, 1, Padding.SAME, false), List.of(0)), //
			new Node("enc1.norm1", new BatchNorm(1e-5f, 0.1f), List.of(1)), //
			new Node("enc1.relu1", new ReLU(), List.of(2)), //
			new Node("pool1", new MaxPool2D(2), List.of(3)), //
			new Node("enc2.conv1", new Conv2D(4, 3, 1, Padding.SAME, true), List.of(4)), //
			new Node("enc2.relu1", new LeakyReLU(0.01f), List.of(5)), //
			new Node("dropout", new Dropout(0.3f), List.of(6)), //
			new Node("up1", new Upsample2D(2), List.of(7)), //
			new Node("concat1", new Concat(), List.of(8, 3)), //
			new Node("dec1.conv1", new Conv2D(2, 3, 1, Padding.SAME, true), List.of(9)), //
			new Node("dec1.gate1", new Sigmoid(), List.of(10)), //
			new Node("out", new Conv2D(3, 1, 1, Padding.VALID, true), List.of(11)), //
			new Node("probability", new Softmax(), List.of(12)))), model.graph());
	}

	@Test
	void weights() {
		assertEquals(List.of("enc1.conv1.weight", "enc1.norm1.weight", "enc1.norm1.bias", "enc1.norm1.running_mean", "enc1.norm1.running_var",
			"enc2.conv1.weight", "enc2.conv1.bias", "dec1.conv1.weight", "dec1.conv1.bias", "out.weight", "out.bias"), List.copyOf(model.weights().arrays()
				.keySet()));
		assertArrayEquals(new float[] { 1, 1 }, model.weights().get("enc1.norm1.weight"));
		assertArrayEquals(new float[] { 0.25f, 0.5f }, model.weights().get("enc1.norm1.bias"));
		assertArrayEquals(new float[] { 0.25f, 0.5f }, model.weights().get("enc1.norm1.running_mean"));
		assertArrayEquals(new float[] { 1.25f, 1.5f }, model.weights().get("enc1.norm1.running_var"));
		final ByteBuffer all = ByteBuffer.allocate((int) (4 * model.weights().count()));
		model.weights().arrays().values().forEach(a -> {
			for (final float v : a) all.putFloat(v);
		});
		assertEquals(WEIGHTS_SHA256, sha256(all.array()), "every bit of every weight");
	}

	@Test
	void preprocessingAndClasses() {
		assertEquals(new Preprocessing("1,3", 2, new Normalization(Method.ZSCORE, Scope.DATASET, true, List.of(12.5, -0.75), List.of(0.1, 3.0)), 0.5, 0.25,
			"mm"), model.preprocessing());
		assertEquals(List.of("background", "core", "edema \u00b5"), model.classes());
	}

	@Test
	void training() {
		final Training t = model.training();
		assertEquals(Map.of("image", "flair.tif", "epochs", "2", "results", ""), t.settings());
		assertEquals(List.of("image", "epochs", "results"), List.copyOf(t.settings().keySet()), "order");
		assertEquals(List.of("network: U-Net of 2 levels, since images are small", "\"quoted\" <b> \\"), t.choices());
		assertEquals(new Fingerprint(6, 4, new Size(32, 33, 64), new Size(16, 17, 18), 2, 3, List.of(9_000_000_000L, 12L, 34L), 5, 0.125, 0.5, List.of(-1.5,
			0.0), List.of(255.0, 1.0), List.of(1 / 3.0, 0.5), List.of(2.0, 0.25), List.of(0.25, 0.0), true, 7.5, "00ff".repeat(16)), t.fingerprint());
		assertEquals(new SplitNames(List.of("a", "b"), List.of("c"), List.of("d")), t.split());
		assertEquals(List.of(new EpochRecord(1, 0.001, 0.9, 0.125, Double.NaN, Double.NEGATIVE_INFINITY, 1.5, false), new EpochRecord(2, 1e-5, 0.5, 0.5, 0.625,
			0.75, 1.25, true)), t.history());
		assertEquals(2, t.bestEpoch());
		assertEquals(Map.of("validation dice", 0.75, "test dice", Double.NaN), t.scores());
		assertEquals(Map.of("all background", 0.0, "best threshold", 0.1875), t.baselines());
		assertEquals(Map.of("Glia", "0.1.0", "Java", "17.0.1"), t.versions());
		assertEquals("2026-11-20T21:00:00Z", t.date());
		assertEquals("run(\"Train Segmentation Network...\", \"image=[flair.tif] epochs=2 seed=7\");", t.macro());
		assertEquals(9_007_199_254_740_993L, t.seed(), "not rounded to a double");
		assertEquals(2.75, t.seconds());
	}

	private static Path file() {
		try {
			return Path.of(GoldenModelTest.class.getResource("golden-v1.zip").toURI());
		}
		catch (final URISyntaxException e) {
			throw new IllegalStateException(e);
		}
	}

	private static String sha256(final byte[] bytes) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
		}
		catch (final NoSuchAlgorithmException e) {
			throw new IllegalStateException(e);
		}
	}
}
