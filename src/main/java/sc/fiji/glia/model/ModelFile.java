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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import sc.fiji.glia.engine.graph.WeightSpec;
import sc.fiji.glia.engine.graph.Weights;
import sc.fiji.glia.model.ModelJson.Description;
import sc.fiji.glia.model.Safetensors.Tensor;

/**
 * Stores a {@link Model} in one file: a zip of {@value #JSON} and {@value #WEIGHTS}, see docs/MODEL-FORMAT.md. The same model gives the
 * same bytes.
 */
public final class ModelFile {

	/** Entry with everything but the weights. */
	public static final String JSON = "model.json";
	/** Entry with the weights. */
	public static final String WEIGHTS = "weights.safetensors";

	/** The earliest time that a zip can store, so that the same model gives the same bytes at any time. */
	private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);
	/** Most bytes of {@value #JSON}. */
	private static final int LONGEST_JSON = 64 << 20;
	/** Most bytes that come out of one byte of the file; weights hardly get smaller by compression, bombs do. */
	private static final int LARGEST_RATIO = 200;

	private ModelFile() {}

	/**
	 * Writes a model, replacing an older file; if that fails, the older file stays as it was.
	 *
	 * @throws IllegalArgumentException if a weight is NaN or infinite
	 * @throws UncheckedIOException if the file cannot be written; the message names it
	 */
	public static void write(final Path file, final Model model) {
		AtomicFile.write(file, out -> write(out, model));
	}

	/**
	 * Checks that a model can be written to a path, before a training starts. Does not touch an existing file.
	 *
	 * @throws IllegalArgumentException if its folder does not exist or cannot be written to, or it is a folder or write-protected, or a file that is
	 *           no zip: somebody's image, most likely
	 */
	public static void checkWritable(final Path file) {
		AtomicFile.checkWritable(file);
		if (Files.exists(file) && !mayBeModel(file)) throw new IllegalArgumentException("Cannot write '" + file + "': '" + file.getFileName() +
			"' is there already and is no model. Choose another name, as in model=[path.zip].");
	}

	/** True for a zip, and for an empty file. */
	private static boolean mayBeModel(final Path file) {
		try (InputStream in = Files.newInputStream(file)) {
			final byte[] first = in.readNBytes(2);
			return first.length == 0 || first.length == 2 && first[0] == 'P' && first[1] == 'K';
		}
		catch (final IOException e) {
			throw new UncheckedIOException("Cannot read '" + file + "': " + e.getMessage(), e);
		}
	}

	/** The bytes of the file. */
	public static byte[] bytes(final Model model) {
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		try {
			write(out, model);
		}
		catch (final IOException e) {
			throw new UncheckedIOException("The model does not fit into a zip: " + e.getMessage(), e);
		}
		return out.toByteArray();
	}

	private static void write(final OutputStream out, final Model model) throws IOException {
		final ZipOutputStream zip = new ZipOutputStream(out);
		store(zip, JSON, ModelJson.write(model).getBytes(StandardCharsets.UTF_8));
		store(zip, WEIGHTS, weights(model));
		zip.finish();
	}

	/** The bytes of the entry {@value #WEIGHTS}: equal for two models if and only if their weights are equal, bit for bit. */
	public static byte[] weights(final Model model) {
		final Map<String, Tensor> tensors = new LinkedHashMap<>();
		for (final Entry<String, WeightSpec> e : model.graph().weights().entrySet()) tensors.put(e.getKey(), new Tensor(e.getValue().shape(), finite(e
			.getKey(), model.weights().get(e.getKey()))));
		return Safetensors.write(tensors);
	}

	/**
	 * Reads a model.
	 *
	 * @throws IllegalArgumentException if there is no such file, or it is not a model that this Glia can read; the message names the file,
	 *           what is wrong and what to do
	 * @throws UncheckedIOException if the file exists but the system cannot read it
	 */
	public static Model read(final Path file) {
		if (!Files.isRegularFile(file)) throw new IllegalArgumentException(Files.isDirectory(file) ? "'" + file +
			"' is a folder. Give the path of a model file that a training wrote." : "There is no model file '" + file +
				"'. Check the path, or train a network first.");
		try (ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
			final long most = Math.min(Integer.MAX_VALUE - 16L, Math.max(1 << 20, Files.size(file) * LARGEST_RATIO));
			final Description d = ModelJson.read(text(entry(zip, JSON, Math.min(LONGEST_JSON, most))));
			final long weights = 4 * d.graph().weights().values().stream().mapToLong(WeightSpec::length).sum();
			if (weights > most) throw new IllegalArgumentException("its network has " + weights + " bytes of weights, more than the file can hold");
			final byte[] data = entry(zip, WEIGHTS, Math.min(most, weights + Safetensors.LONGEST_HEADER));
			return new Model(d.graph(), weights(d, data), d.preprocessing(), d.classes(), d.training(), d.classification());
		}
		catch (final ModelJson.NewerFormatException e) {
			throw new IllegalArgumentException("Cannot read the model '" + file + "': " + e.getMessage() + ". Update Glia, then try again.", e);
		}
		catch (final ZipException e) {
			throw new IllegalArgumentException("'" + file + "' is not a Glia model, or only part of one (" + e.getMessage() +
				"). Choose a model file that a training wrote; if it is one, copy or download it again.", e);
		}
		catch (final IOException e) {
			throw new UncheckedIOException("Cannot read the model '" + file + "': " + e.getMessage(), e);
		}
		catch (final IllegalArgumentException e) {
			throw new IllegalArgumentException("Cannot read the model '" + file + "': " + e.getMessage() +
				". Choose a model file that a training wrote; if it is one, copy it again or train again.", e);
		}
	}

	private static Weights weights(final Description d, final byte[] data) {
		final Map<String, Tensor> tensors;
		try {
			tensors = Safetensors.read(data);
		}
		catch (final IllegalArgumentException e) {
			throw new IllegalArgumentException(WEIGHTS + ": " + e.getMessage(), e);
		}
		final Map<String, float[]> arrays = new LinkedHashMap<>();
		final Map<String, WeightSpec> specs = d.graph().weights();
		tensors.forEach((name, t) -> {
			final WeightSpec spec = specs.get(name);
			if (spec != null && !spec.shape().equals(t.shape())) throw new IllegalArgumentException("weights '" + name + "': expected shape " + spec.shape() +
				", found " + t.shape());
			arrays.put(name, finite(name, t.values()));
		});
		return new Weights(d.graph(), arrays);
	}

	private static float[] finite(final String name, final float[] values) {
		for (final float v : values) if (!Float.isFinite(v)) throw new IllegalArgumentException("weights '" + name + "' hold the value " + v +
			": the training diverged (a lower rate helps)");
		return values;
	}

	private static void store(final ZipOutputStream zip, final String name, final byte[] bytes) throws IOException {
		final CRC32 crc = new CRC32();
		crc.update(bytes);
		final ZipEntry e = new ZipEntry(name);
		e.setMethod(ZipEntry.STORED); // weights do not get smaller, and no two versions of a compressor give the same bytes
		e.setSize(bytes.length);
		e.setCrc(crc.getValue());
		e.setTimeLocal(EPOCH);
		zip.putNextEntry(e);
		zip.write(bytes);
		zip.closeEntry();
	}

	/** One entry's bytes, at most {@code most}, whatever size the zip claims; NB ZipFile itself does not look at checksums. */
	private static byte[] entry(final ZipFile zip, final String name, final long most) throws IOException {
		final ZipEntry e = zip.getEntry(name);
		if (e == null) throw new IllegalArgumentException("it has no '" + name + "'");
		try (InputStream in = zip.getInputStream(e)) {
			final byte[] bytes = in.readNBytes((int) most);
			if (in.read() >= 0) throw new IllegalArgumentException("'" + name + "' is longer than the " + most + " bytes that are allowed");
			final CRC32 crc = new CRC32();
			crc.update(bytes);
			if (crc.getValue() != e.getCrc()) throw new IllegalArgumentException("'" + name + "' is damaged (its checksum is wrong)");
			return bytes;
		}
		catch (final java.io.EOFException x) {
			throw new IllegalArgumentException("'" + name + "' is damaged (it ends too early)", x);
		}
	}

	private static String text(final byte[] bytes) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (final CharacterCodingException e) {
			throw new IllegalArgumentException(JSON + " is not UTF-8 text", e);
		}
	}
}
