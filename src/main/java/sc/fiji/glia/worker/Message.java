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
package sc.fiji.glia.worker;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import sc.fiji.glia.compute.Explanation;
import sc.fiji.glia.compute.TrainingJob;
import sc.fiji.glia.data.Normalization;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.train.EpochRecord;
import sc.fiji.glia.engine.train.Signal;
import sc.fiji.glia.engine.train.Trainer;

/**
 * What goes through the pipes between Glia and its worker. As bytes: a mark, the length of the body and the body, the number of arrays, and of each its
 * length and values (in the byte order of the machine, on which both are).
 *
 * @param body what is said
 * @param arrays weights, or planes of an image
 */
record Message(Body body, List<float[]> arrays) {

	/** Of what is said here; another number whenever that changes. */
	static final int VERSION = 3;

	/** What is said. */
	sealed interface Body {}

	// -- to the worker --

	/** Make ready to train, with the samples in a file. Arrays: weights. Answer: {@link Ready}. */
	record Train(TrainingJob job, String samples) implements Body {}

	/** Begin. Answers: {@link StepEnded}, {@link EpochEnded} and {@link Examples} as they come, at last {@link Trained} or {@link Failed}. */
	record Run() implements Body {}

	/** What the user wants. No answer. */
	record Said(Signal signal) implements Body {}

	/** Predict training samples. Answer: {@link Predicted}. */
	record PredictSamples(long id, List<Integer> indices) implements Body {}

	/** Make ready to apply a network to so many images. Arrays: weights. Answer: {@link Ready}. */
	record Infer(Graph graph, Normalization normalization, int threads, int images) implements Body {}

	/** Predict images of these sizes. Arrays: their channels. Answer: {@link Predicted}. */
	record PredictImages(long id, List<Integer> widths, List<Integer> heights) implements Body {}

	/** Explain an output for an image of this size. Arrays: its channels. Answer: {@link Explained}. */
	record ExplainImage(long id, Explanation.Method method, int width, int height, int target) implements Body {}

	// -- from the worker --

	/** The first message: what the worker is. */
	record Hello(int version, String kernels, String reason) implements Body {}

	/** Orders have been understood. */
	record Ready() implements Body {}

	/** As of a listener. */
	record StepEnded(int epoch, int step, int steps, double loss) implements Body {}

	/** As of a listener. Arrays: weights, if the epoch was the best so far. */
	record EpochEnded(EpochRecord epoch) implements Body {}

	/** As of a listener. Arrays: planes of as many examples. */
	record Examples(int images) implements Body {}

	/** The end of a training. Arrays: weights. */
	record Trained(int bestEpoch, Trainer.End end) implements Body {}

	/** Answer to the order {@code id}. Arrays: planes of the images that were asked for. */
	record Predicted(long id) implements Body {}

	/** Answer to the order {@code id}, as in {@link Explanation}. Arrays: the values. */
	record Explained(long id, double sum, double difference) implements Body {}

	/** What went wrong; {@code id} is that of the order, 0 if it has none. */
	record Failed(long id, Failure failure) implements Body {}

	private static final int MARK = 0x476C6961;
	private static final int LONGEST_BODY = 1 << 28, MOST_ARRAYS = 1 << 20, CHUNK = 1 << 16;

	/** Planes of some images, all of which have as many. */
	static Message of(final Body body, final float[][][] images) {
		return new Message(body, Arrays.stream(images).flatMap(Arrays::stream).toList());
	}

	/** The planes, dealt to so many images. */
	float[][][] images(final int count) {
		final int each = count == 0 ? 0 : arrays.size() / count;
		final float[][][] images = new float[count][][];
		for (int i = 0; i < count; i++) images[i] = arrays.subList(i * each, (i + 1) * each).toArray(new float[0][]);
		return images;
	}

	static Message of(final Body body) {
		return new Message(body, List.of());
	}

	/** Writes the message; the caller sees to it that no two are written at a time. */
	void write(final DataOutputStream out) throws IOException {
		final byte[] bytes = RecordBytes.write(Body.class, (Record) body);
		out.writeInt(MARK);
		out.writeInt(bytes.length);
		out.write(bytes);
		out.writeInt(arrays.size());
		final byte[] chunk = new byte[arrays.isEmpty() ? 0 : CHUNK];
		for (final float[] a : arrays) {
			out.writeInt(a.length);
			for (int i = 0; i < a.length; i += CHUNK / 4) {
				final int n = Math.min(CHUNK / 4, a.length - i);
				ByteBuffer.wrap(chunk).order(ByteOrder.nativeOrder()).asFloatBuffer().put(a, i, n);
				out.write(chunk, 0, 4 * n);
			}
		}
		out.flush();
	}

	/**
	 * Reads the next message; empty at the end of the stream.
	 *
	 * @throws IOException if there is something else, or the stream ends within a message
	 */
	static Optional<Message> read(final DataInputStream in) throws IOException {
		final byte[] mark = in.readNBytes(4);
		if (mark.length == 0) return Optional.empty();
		if (mark.length < 4) throw new EOFException("the stream ends within a message");
		if (ByteBuffer.wrap(mark).getInt() != MARK) throw new IOException("expected a message, found '" + printable(mark, in) + "'");
		try {
			final byte[] bytes = in.readNBytes(limited(in.readInt(), LONGEST_BODY, "bytes"));
			final Body body = RecordBytes.read(Body.class, bytes);
			final List<float[]> arrays = new ArrayList<>();
			for (int n = limited(in.readInt(), MOST_ARRAYS, "arrays"); n > 0; n--) arrays.add(array(in));
			return Optional.of(new Message(body, arrays));
		}
		catch (final EOFException e) {
			throw new IOException("the stream ends within a message", e);
		}
	}

	private static float[] array(final DataInputStream in) throws IOException {
		final float[] a = new float[limited(in.readInt(), Integer.MAX_VALUE - 16, "values")];
		final byte[] chunk = new byte[CHUNK];
		for (int i = 0; i < a.length; i += CHUNK / 4) {
			final int n = Math.min(CHUNK / 4, a.length - i);
			in.readFully(chunk, 0, 4 * n);
			ByteBuffer.wrap(chunk).order(ByteOrder.nativeOrder()).asFloatBuffer().get(a, i, n);
		}
		return a;
	}

	private static int limited(final int n, final int most, final String what) throws IOException {
		if (n < 0 || n > most) throw new IOException("expected 0 to " + most + " " + what + ", found " + n);
		return n;
	}

	/** What stands in the stream, if it is text, up to a line's length. */
	private static String printable(final byte[] first, final InputStream in) throws IOException {
		final String text = new String(first, StandardCharsets.UTF_8) + new String(in.readNBytes(Math.min(120, in.available())), StandardCharsets.UTF_8);
		return text.replaceAll("[^\\x20-\\x7e]+", " ");
	}
}
