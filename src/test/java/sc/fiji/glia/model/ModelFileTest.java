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
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import sc.fiji.glia.engine.graph.Add;
import sc.fiji.glia.engine.graph.BatchNorm;
import sc.fiji.glia.engine.graph.Concat;
import sc.fiji.glia.engine.graph.Conv2D;
import sc.fiji.glia.engine.graph.Dense;
import sc.fiji.glia.engine.graph.Dropout;
import sc.fiji.glia.engine.graph.Flatten;
import sc.fiji.glia.engine.graph.GlobalAveragePool2D;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Layer;
import sc.fiji.glia.engine.graph.LeakyReLU;
import sc.fiji.glia.engine.graph.MaxPool2D;
import sc.fiji.glia.engine.graph.Padding;
import sc.fiji.glia.engine.graph.ReLU;
import sc.fiji.glia.engine.graph.Sigmoid;
import sc.fiji.glia.engine.graph.Softmax;
import sc.fiji.glia.engine.graph.Upsample2D;

class ModelFileTest {

	@TempDir
	Path folder;

	@Test
	void roundTripKeepsEverything() {
		final Path file = folder.resolve("m.zip");
		final Model model = Models.small();
		ModelFile.write(file, model);
		final Model read = ModelFile.read(file);
		assertEquals(model.graph(), read.graph());
		assertEquals(model.preprocessing(), read.preprocessing());
		assertEquals(model.classes(), read.classes());
		assertEquals(model.training(), read.training());
		assertEquals(List.copyOf(model.training().settings().keySet()), List.copyOf(read.training().settings().keySet()), "order");
		model.weights().arrays().forEach((name, a) -> assertArrayEquals(a, read.weights().get(name), name));
		assertArrayEquals(ModelFile.bytes(model), ModelFile.bytes(read));
	}

	@Test
	void everyLayerKeepsItsParameters() {
		final Graph.Builder b = Graph.of(2);
		b.add("conv", new Conv2D(3, 2, 2, Padding.VALID, false));
		b.add("norm", new BatchNorm(0.0123f, 0.3f));
		b.add("leaky", new LeakyReLU(0.1f));
		b.add("relu", new ReLU());
		b.add("drop", new Dropout(0.7f));
		b.add("sigmoid", new Sigmoid());
		final int same = b.add("same", new Conv2D(4, 3, 1, Padding.SAME, true));
		b.add("pool", new MaxPool2D(4));
		final int up = b.add("up", new Upsample2D(4));
		b.add("concat", new Concat(), same, up);
		b.add("twice", new Add(), up + 1, up + 1);
		b.add("softmax", new Softmax());
		final Graph graph = b.build();
		final Graph.Builder c = Graph.of(2);
		final int flat = c.add("flat", new Flatten(3, 5), 0);
		c.add("dense", new Dense(7, false), flat);
		final int mean = c.add("mean", new GlobalAveragePool2D(), 0);
		c.add("both", new Concat(), flat + 1, mean);
		c.add("out", new Dense(8));
		final Graph whole = c.build();
		final Set<Class<?>> seen = Stream.of(graph, whole).flatMap(g -> g.nodes().stream()).map(n -> n.layer().getClass()).collect(Collectors.toSet());
		assertEquals(Set.of(Layer.class.getPermittedSubclasses()), seen, "a new layer must be stored too");
		final Model model = Models.of(graph, Stream.iterate(0, i -> i < 8, i -> i + 1).map(i -> "class " + i).toList());
		assertEquals(graph, ModelFile.read(write(ModelFile.bytes(model))).graph());
		final Model classifier = Models.of(whole, model.classes()), read = ModelFile.read(write(ModelFile.bytes(classifier)));
		assertEquals(whole, read.graph());
		assertEquals(classifier.classification(), read.classification());
	}

	@Test
	void flattenedSizesMustFit() throws IOException {
		final String graph = ", \"graph\": [{\"name\": \"i\", \"layer\": \"Input\", \"channels\": 1}, " //
			+ "{\"name\": \"u\", \"layer\": \"Upsample2D\", \"factor\": 2, \"inputs\": [\"i\"]}, " //
			+ "{\"name\": \"f\", \"layer\": \"Flatten\", \"height\": HEIGHT, \"width\": 60000, \"inputs\": [\"u\"]}, " //
			+ "{\"name\": \"d\", \"layer\": \"Dense\", \"units\": 1, \"bias\": true, \"inputs\": [\"f\"]}]}";
		final String head = "{\"format\": 1, \"kind\": \"segmentation\", \"classes\": [\"a\", \"b\"], \"preprocessing\": {\"channel_count\": 1}";
		bad("too large", zip(head + graph.replace("HEIGHT", "65536"), new byte[0]));
		bad("Flatten 'f'", zip(head + graph.replace("HEIGHT", "3"), new byte[0]));
	}

	@Test
	void sameModelGivesSameBytes() {
		assertArrayEquals(ModelFile.bytes(Models.small()), ModelFile.bytes(Models.small()));
		final Model changed = Models.small();
		final float[] a = changed.weights().get("out.bias");
		a[0] = Math.nextUp(a[0]);
		assertFalse(Arrays.equals(ModelFile.weights(Models.small()), ModelFile.weights(changed)));
	}

	@Test
	void holdsExactlyTwoEntries() throws IOException {
		try (ZipFile zip = new ZipFile(write(ModelFile.bytes(Models.small())).toFile())) {
			assertEquals(List.of(ModelFile.JSON, ModelFile.WEIGHTS), zip.stream().map(ZipEntry::getName).toList());
			assertArrayEquals(ModelFile.weights(Models.small()), zip.getInputStream(zip.getEntry(ModelFile.WEIGHTS)).readAllBytes());
		}
	}

	@Test
	void failedWriteKeepsTheOldFileAndLeavesNothing() throws IOException {
		final Path file = folder.resolve("m.zip");
		ModelFile.write(file, Models.small());
		final byte[] before = Files.readAllBytes(file);
		final Model diverged = Models.small();
		diverged.weights().get("out.bias")[0] = Float.NaN;
		assertTrue(assertThrows(IllegalArgumentException.class, () -> ModelFile.write(file, diverged)).getMessage().contains("out.bias"));
		assertArrayEquals(before, Files.readAllBytes(file));
		// a folder with something in it cannot be replaced: the move fails after the temporary file was written
		final Path taken = Files.createDirectory(folder.resolve("taken"));
		Files.writeString(taken.resolve("x"), "x");
		final String message = assertThrows(UncheckedIOException.class, () -> ModelFile.write(taken, Models.small())).getMessage();
		assertTrue(message.contains(taken.toString()), message);
		assertEquals(Set.of("m.zip", "taken"), names());
		assertEquals("x", Files.readString(taken.resolve("x")));
	}

	@Test
	void replacesAnOlderFile() throws IOException {
		final Path file = Files.writeString(folder.resolve("m.zip"), "old");
		ModelFile.write(file, Models.small());
		assertEquals(Models.small().training(), ModelFile.read(file).training());
		assertEquals(Set.of("m.zip"), names());
	}

	/** A training that was cancelled by an interrupt still keeps its best model. */
	@Test
	void writesAndReadsInAnInterruptedThread() {
		final Path file = folder.resolve("m.zip");
		Thread.currentThread().interrupt();
		try {
			ModelFile.write(file, Models.small());
			assertEquals(Models.small().training(), ModelFile.read(file).training());
		}
		finally {
			assertTrue(Thread.interrupted(), "the interrupt is kept for others");
		}
	}

	@Test
	void checkWritableSaysWhatIsWrong() throws IOException {
		final Path old = Files.writeString(folder.resolve("old.zip"), "PK old");
		ModelFile.checkWritable(old);
		ModelFile.checkWritable(folder.resolve("new.zip"));
		assertEquals("PK old", Files.readString(old));
		assertEquals(Set.of("old.zip"), names(), "nothing made");
		refused("is a folder", folder);
		refused("does not exist", folder.resolve("nowhere/new.zip"));
		refused("is not a folder", old.resolve("new.zip"));
		refused("path of a file", Path.of(""));
	}

	private static void refused(final String why, final Path path) {
		final String message = assertThrows(IllegalArgumentException.class, () -> ModelFile.checkWritable(path)).getMessage();
		assertTrue(message.contains(why) && message.contains(path.toString()), message);
	}

	@Test
	void unknownFieldsAreIgnoredAndMissingOnesHaveDefaults() {
		final String json = ModelJson.write(Models.small());
		final int training = json.indexOf("\"training\"");
		final Model read = ModelFile.read(zip(json.substring(0, training) + "\"future\": {\"x\": [1]} }", ModelFile.weights(Models.small())));
		assertEquals(Models.small().graph(), read.graph());
		assertEquals(List.of(), read.training().history());
		assertEquals("", read.training().macro());
	}

	@Test
	void saysWhatIsWrongWithAFile() throws IOException {
		final String json = ModelJson.write(Models.small());
		final byte[] weights = ModelFile.weights(Models.small());
		bad("no model file", folder.resolve("nothing.zip"));
		bad("is a folder", folder);
		bad("not a Glia model", write(new byte[0]));
		bad("not a Glia model", write("Once upon a time".getBytes(StandardCharsets.UTF_8)));
		bad("has no 'weights.safetensors'", zip(json, null));
		bad("has no 'model.json'", zip((String) null, weights));
		bad("newer Glia (format 2", zip(json.replace("\"format\": 1", "\"format\": 2"), weights));
		bad("Update Glia", zip(json.replace("\"format\": 1", "\"format\": 2000000000"), weights));
		bad("format is missing", zip(json.replace("\"format\": 1,", ""), weights));
		bad("kind is 'detection'", zip(json.replace("\"segmentation\"", "\"detection\""), weights));
		bad("not valid JSON", zip(json.substring(0, 300), weights));
		bad("not valid JSON", zip(json + "{}", weights));
		bad("expected an object", zip("[]", weights));
		bad("expected an object", zip("null", weights));
		bad("no layer 'Conv9D'", zip(json.replaceFirst("Conv2D", "Conv9D"), weights));
		bad("which is not before it", zip(json.replaceFirst("\"inputs\": \\[\"input\"\\]", "\"inputs\": [\"out\"]"), weights));
		bad("'enc1.conv1'.kernel", zip(json.replaceFirst("\"kernel\": 3", "\"kernel\": 3.5"), weights));
		bad("'enc1.conv1'.kernel", zip(json.replaceFirst("\"kernel\": 3", "\"kernel\": 1e999999999"), weights));
		bad("enc1.conv1.weight", zip(json.replaceFirst("\"kernel\": 3", "\"kernel\": 5"), weights));
		bad("class names", zip(json.replace("\"background\", ", ""), weights));
		final String three = json.replace("\"channel_count\": 1", "\"channel_count\": 3");
		bad("expected 3 numbers", zip(three, weights));
		bad("takes 1 channels", zip(three.replace("\"dataset\"", "\"image\"").replace("[12.5]", "[]").replace("[0.1]", "[]"), weights));
		bad("weights.safetensors", zip(json, Arrays.copyOf(weights, weights.length - 4)));
		bad("weights.safetensors", zip(json, Arrays.copyOf(weights, weights.length + 4)));
		bad("weights.safetensors", zip(json, new byte[0]));
		final byte[] nan = weights.clone();
		Arrays.fill(nan, nan.length - 4, nan.length, (byte) 0xff);
		bad("NaN", zip(json, nan));
	}

	@Test
	void doesNotBelieveAbsurdSizes() {
		final String json = ModelJson.write(Models.small());
		final byte[] weights = ModelFile.weights(Models.small());
		bad("more than the file can hold", zip(json.replaceFirst("\"filters\": 2", "\"filters\": 65536").replaceFirst("\"kernel\": 3", "\"kernel\": 31"),
			weights));
		bad("filters", zip(json.replaceFirst("\"filters\": 2", "\"filters\": 2147483647"), weights));
		bad("too large", zip(json.replaceFirst("\"filters\": 2", "\"filters\": 65536").replaceFirst("\"kernel\": 3", "\"kernel\": 1024").replaceFirst(
			"\"channels\": 1 ", "\"channels\": 65536 "), weights));
		final byte[] lying = weights.clone();
		for (int i = 0; i < 8; i++) lying[i] = 0x7f;
		bad("header", zip(json, lying));
		bad("longer than", zip(" ".repeat(40 << 20), weights)); // shrinks to a thousandth
		bad("JSON", zip("[".repeat(1 << 20), weights));
	}

	/** Every layer in the chain doubles the channels: 2^60 of them overflow any int. */
	@Test
	void doesNotOverflow() {
		final StringBuilder nodes = new StringBuilder("{\"name\": \"n0\", \"layer\": \"Input\", \"channels\": 1}");
		for (int i = 1; i <= 60; i++) nodes.append(", {\"name\": \"n").append(i).append("\", \"layer\": \"Concat\", \"inputs\": [\"n").append(i - 1).append(
			"\", \"n").append(i - 1).append("\"]}");
		nodes.append(", {\"name\": \"c\", \"layer\": \"Conv2D\", \"filters\": 1, \"kernel\": 1, \"stride\": 1, \"padding\": \"same\", \"bias\": true, ") //
			.append("\"inputs\": [\"n60\"]}");
		bad("c.weight", zip("{\"format\": 1, \"kind\": \"segmentation\", \"classes\": [\"a\", \"b\"], \"preprocessing\": {\"channel_count\": 1}, \"graph\": [" +
			nodes + "]}", new byte[0]));
	}

	@Test
	void everyTruncationIsAClearError() throws IOException {
		final byte[] bytes = ModelFile.bytes(Models.small());
		final Path file = folder.resolve("part.zip");
		for (int n = 0; n < bytes.length; n += 1 + n / 40) {
			Files.write(file, Arrays.copyOf(bytes, n));
			bad(file.toString(), file);
		}
		for (int n = bytes.length - 60; n < bytes.length; n++) {
			Files.write(file, Arrays.copyOf(bytes, n));
			bad(file.toString(), file);
		}
	}

	@Test
	void damagedBytesNeverGiveAnythingButAModelOrAnError() throws IOException {
		final byte[] bytes = ModelFile.bytes(Models.small());
		final SplittableRandom random = new SplittableRandom(1);
		final Path file = folder.resolve("damaged.zip");
		int refused = 0;
		for (int i = 0; i < 600; i++) {
			final byte[] damaged = bytes.clone();
			final int flips = 1 + random.nextInt(3);
			for (int k = 0; k < flips; k++) damaged[position(random, damaged.length, i)] ^= (byte) (1 << random.nextInt(8));
			Files.write(file, damaged);
			refused += isRefused(file) ? 1 : 0;
		}
		assertTrue(refused > 500, "the checksums find nearly all damage, found " + refused);
	}

	/** The same behind the checksums: damage inside the entries, as a faulty writer would make it. */
	@Test
	void damagedEntriesNeverGiveAnythingButAModelOrAnError() throws IOException {
		final byte[] json = ModelJson.write(Models.small()).getBytes(StandardCharsets.UTF_8), weights = ModelFile.weights(Models.small());
		final SplittableRandom random = new SplittableRandom(2);
		int refused = 0;
		for (int i = 0; i < 600; i++) {
			final byte[] j = json.clone(), w = weights.clone();
			final byte[] target = i % 2 == 0 ? j : w;
			final int range = i % 2 == 0 ? j.length : 600;
			for (int k = 0; k < 2; k++) target[random.nextInt(range)] = (byte) (32 + random.nextInt(96));
			refused += isRefused(zip(j, w)) ? 1 : 0;
		}
		assertTrue(refused > 100 && refused < 600, "some damage must be found and some text be changed, refused " + refused);
	}

	/** Half of the damage goes where the zip's own structure is: to the ends. */
	private static int position(final SplittableRandom random, final int length, final int i) {
		return i % 2 == 0 ? random.nextInt(length) : length - 1 - random.nextInt(200);
	}

	private static boolean isRefused(final Path file) {
		try {
			ModelFile.read(file);
			return false;
		}
		catch (final IllegalArgumentException | UncheckedIOException e) {
			assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
			return true;
		}
	}

	private static void bad(final String why, final Path file) {
		final String message = assertThrows(IllegalArgumentException.class, () -> ModelFile.read(file)).getMessage();
		assertTrue(message.contains(why), message);
		assertTrue(message.contains(file.toString()), message);
		assertTrue(message.endsWith("."), message);
	}

	private Path zip(final String json, final byte[] weights) {
		return zip(json == null ? null : json.getBytes(StandardCharsets.UTF_8), weights);
	}

	/** As an ordinary zip program would make it: compressed. */
	private Path zip(final byte[] json, final byte[] weights) {
		final Path file = folder.resolve("made.zip");
		try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
			if (json != null) {
				zip.putNextEntry(new ZipEntry(ModelFile.JSON));
				zip.write(json);
			}
			zip.putNextEntry(new ZipEntry("__MACOSX/nothing"));
			if (weights != null) {
				zip.putNextEntry(new ZipEntry(ModelFile.WEIGHTS));
				zip.write(weights);
			}
			zip.closeEntry();
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
		return file;
	}

	private Path write(final byte[] bytes) {
		final Path file = folder.resolve("written.zip");
		AtomicFile.write(file, bytes);
		return file;
	}

	private Set<String> names() throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.map(p -> p.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
		}
	}
}
