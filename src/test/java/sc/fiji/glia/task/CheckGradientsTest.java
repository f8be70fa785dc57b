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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.glia.compute.GradientChecking;
import sc.fiji.glia.compute.GradientChecking.Row;
import sc.fiji.glia.engine.graph.Cnn;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.model.Classification;

/** The checking of gradients itself is tested where it is done; here networks, images and what is told of it. */
class CheckGradientsTest {

	@TempDir
	Path folder;

	private static CheckGradients.Result run(final String options) {
		return CheckGradients.run(CheckGradients.SETTINGS.parse(new LinkedHashMap<>(MacroOptions.parse(options))), p -> {}, () -> false);
	}

	private static List<String> column(final CheckGradients.Result result, final String name) {
		return IntStream.range(0, result.table().size()).mapToObj(i -> result.table().getStringValue(name, i)).toList();
	}

	/** A network of two convolutions for images of 8x8 pixels. */
	private Path model(final String prepare) {
		final Graph graph = new Cnn(1, 8, 8, 3, List.of(3), List.of(4)).graph();
		return Classifiers.write(folder.resolve("net.zip"), graph, GradientChecking.weights(graph, 1), 1, List.of("a", "b", "c"), new Classification(prepare, 8, 8,
			1), 1 / 255.0);
	}

	@Test
	void aRowForEachArray() {
		final CheckGradients.Result r = run("network=[Dense 10]");
		assertEquals("Array\tEntries checked\tLargest gradient\tRelative error\tOK", r.table().getColumnHeadings().strip());
		assertEquals(List.of("dense1.weight", "dense1.bias", "out.weight", "out.bias"), column(r, "Array"));
		assertEquals(List.of("yes", "yes", "yes", "yes"), column(r, "OK"));
		for (int i = 0; i < 4; i++) {
			assertTrue(r.table().getValue("Relative error", i) <= GradientChecking.TOLERANCE);
			assertTrue(r.table().getValue("Entries checked", i) >= 6);
			assertTrue(r.table().getValue("Largest gradient", i) > GradientChecking.FLOOR);
		}
		assertTrue(r.failure().isEmpty());
		r.requireOk();
		assertTrue(r.summary().startsWith("The gradients of all 4 arrays are right (Dense 10, 4 random images of 16x16 pixels, kernels "), r.summary());
	}

	@Test
	void theSeedDecides() {
		assertEquals(column(run("network=[Dense 10] seed=3"), "Relative error"), column(run("network=[Dense 10] seed=3"), "Relative error"));
		assertFalse(column(run("network=[Dense 10] seed=3"), "Relative error").equals(column(run("network=[Dense 10] seed=4"), "Relative error")));
	}

	@Test
	void aWrongArrayIsToldLoudly() {
		final CheckGradients.Result r = CheckGradients.result(List.of(new Row("a.weight", 10, 0, 0.5, 1e-6, 1e-7, true), new Row("b.weight", 10, 0, 0.25, 0.9,
			0.3, false), new Row("c.weight", 10, 0, 0.25, 2, 1, false), new Row("d.weight", 0, 6, 0, 0, 0, false)), "net");
		assertEquals(List.of("yes", "no", "no", "no"), column(r, "OK"));
		assertEquals("The gradients of 3 of 4 arrays are wrong (net). The worst is 'c.weight': relative error 1.00, expected at most 1e-05; largest gradient 0.250",
			assertThrows(IllegalStateException.class, r::requireOk).getMessage());
	}

	@Test
	void aModelIsCheckedAtItsOwnSize() {
		final CheckGradients.Result r = run("model=[" + model("none") + "]");
		assertTrue(r.failure().isEmpty(), r.summary());
		assertTrue(r.summary().contains("(model net.zip, 4 random images of 8x8 pixels"), r.summary());
		final CheckGradients.Result segmentation = run("model=[" + Handmade.threshold(folder.resolve("s.zip"), 2, "all", 100) + "]");
		assertTrue(segmentation.summary().contains("16x16"), segmentation.summary());
	}

	@Test
	void aModelAndANetworkContradict() {
		final String model = "model=[" + model("none") + "]";
		final String message = assertThrows(IllegalArgumentException.class, () -> run(model + " network=[Dense 10]")).getMessage();
		assertTrue(message.startsWith("network: expected a model or a network to check, got both (model '") && message.contains("network 'Dense 10')"), message);
		assertTrue(run(model + " network=auto").summary().contains("(model net.zip"), "the standard value chooses nothing");
	}

	@Test
	void imagesOfAFolder() {
		for (int i = 0; i < 7; i++) Classifiers.save(folder.resolve("images"), i + ".png", 20 + i, 9, 30 * i + 20);
		final CheckGradients.Result r = run("model=[" + model("none") + "] folder=[" + folder.resolve("images") + "]");
		assertTrue(r.failure().isEmpty(), () -> r.failure().get());
		assertTrue(r.summary().contains("4 images of the folder of 8x8 pixels"), r.summary());
		assertTrue(run("model=[" + model("breast") + "] folder=[" + folder.resolve("images") + "]").failure().isEmpty(), "constant images stay as they are");
		assertThrows(IllegalArgumentException.class, () -> run("network=[Dense 10] folder=[" + folder.resolve("none") + "]"));
	}

	@Test
	void progressAndEnd() {
		final List<Double> shares = Collections.synchronizedList(new ArrayList<>());
		CheckGradients.run(CheckGradients.SETTINGS.parse(Map.of("network", "Dense 10")), shares::add, () -> false);
		assertTrue(shares.size() > 20 && shares.stream().allMatch(s -> s >= 0 && s <= 1));
		assertEquals(1, shares.get(shares.size() - 1));
		final int[] asked = { 0 };
		for (final int when : new int[] { 1, 20 }) {
			asked[0] = 0;
			assertThrows(CancellationException.class, () -> CheckGradients.run(CheckGradients.SETTINGS.parse(Map.of("network", "Dense 10")), p -> {}, () -> ++asked[0] >= when));
		}
	}
}
