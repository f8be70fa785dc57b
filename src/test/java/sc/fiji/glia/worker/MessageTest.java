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

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import sc.fiji.glia.compute.Explanation;
import sc.fiji.glia.engine.train.EpochRecord;
import sc.fiji.glia.engine.train.Signal;
import sc.fiji.glia.engine.train.Trainer;

class MessageTest {

	static Stream<Message.Body> bodies() {
		return Stream.of(new Message.Run(), new Message.Said(Signal.FINISH), new Message.PredictSamples(1L << 40, List.of(3, 5)), new Message.Infer(Jobs.GRAPH,
			Jobs.NORMALIZATION, 2, 9), new Message.PredictImages(5, List.of(640), List.of(480)), new Message.Hello(1, "vector 512", "wärum"), new Message.Ready(),
			new Message.StepEnded(1, 2, 3, Double.NaN), new Message.EpochEnded(new EpochRecord(4, 1e-3, 0.1, 0.2, Double.NaN, -0.0, 9.5, true)),
			new Message.Examples(1), new Message.Trained(7, Trainer.End.STOPPED_EARLY), new Message.Predicted(-1),
			new Message.ExplainImage(6, Explanation.Method.INTEGRATED_GRADIENTS, 640, 480, 2),
			new Message.Explained(6, -0.5, Double.NaN), new Message.Failed(3, new Failure(
				Failure.Kind.FILE, "no such file", "at line\n2")));
	}

	private static byte[] bytes(final Message m) throws IOException {
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		m.write(new DataOutputStream(bytes));
		return bytes.toByteArray();
	}

	private static DataInputStream in(final byte[] bytes) {
		return new DataInputStream(new ByteArrayInputStream(bytes));
	}

	@ParameterizedTest
	@MethodSource("bodies")
	void bodiesComeBack(final Message.Body body) throws IOException {
		assertEquals(body, Message.read(in(bytes(Message.of(body)))).orElseThrow().body());
	}

	@Test
	void everyBodyButTheJobIsAmongThem() {
		// NB: a job has arrays, which records do not compare; see the next test
		assertEquals(Message.Body.class.getPermittedSubclasses().length - 1, bodies().map(Object::getClass).distinct().count());
	}

	@Test
	void jobComesBack() throws IOException {
		final Message.Train order = new Message.Train(Jobs.job(9), "a file"), back = (Message.Train) Message.read(in(bytes(Message.of(order)))).orElseThrow()
			.body();
		assertEquals("a file", back.samples());
		assertEquals(order.job().settings(), back.job().settings());
		assertEquals(order.job().source(), back.job().source());
		assertEquals(order.job().graph().nodes(), back.job().graph().nodes());
		assertArrayEquals(order.job().train(), back.job().train());
		assertArrayEquals(order.job().validation(), back.job().validation());
	}

	@Test
	void arraysKeepTheirBits() throws IOException {
		final float[] values = new float[40_000]; // more than one chunk
		for (int i = 0; i < values.length; i++) values[i] = Float.intBitsToFloat(i * 0x9E3779B9);
		values[1] = -0f;
		final Message m = new Message(new Message.Examples(1), List.of(values, new float[0], new float[] { Float.NEGATIVE_INFINITY }));
		final DataInputStream in = in(concat(bytes(m), bytes(Message.of(new Message.Ready()))));
		final List<float[]> back = Message.read(in).orElseThrow().arrays();
		assertEquals(3, back.size());
		assertArrayEquals(bits(values), bits(back.get(0)));
		assertEquals(0, back.get(1).length);
		assertEquals(Float.NEGATIVE_INFINITY, back.get(2)[0]);
		assertEquals(new Message.Ready(), Message.read(in).orElseThrow().body());
		assertEquals(Optional.empty(), Message.read(in));
	}

	private static int[] bits(final float[] a) {
		final int[] bits = new int[a.length];
		for (int i = 0; i < bits.length; i++) bits[i] = Float.floatToRawIntBits(a[i]);
		return bits;
	}

	private static byte[] concat(final byte[] a, final byte[] b) {
		final byte[] both = Arrays.copyOf(a, a.length + b.length);
		System.arraycopy(b, 0, both, a.length, b.length);
		return both;
	}

	@Test
	void aMessageCutAnywhereIsAnError() throws IOException {
		final byte[] whole = bytes(new Message(new Message.Trained(1, Trainer.End.COMPLETED), List.of(new float[3], new float[2])));
		for (int n = 1; n < whole.length; n++) {
			final byte[] cut = Arrays.copyOf(whole, n);
			assertThrows(IOException.class, () -> Message.read(in(cut)), n + " of " + whole.length + " bytes");
		}
	}

	@Test
	void otherThingsAreShown() {
		final IOException e = assertThrows(IOException.class, () -> Message.read(in("OpenJDK warning: all is lost\n".getBytes(StandardCharsets.UTF_8))));
		assertEquals("expected a message, found 'OpenJDK warning: all is lost '", e.getMessage());
	}

	@Test
	void whatIsNotKnownIsRefused() throws IOException {
		final byte[] ready = bytes(Message.of(new Message.Ready()));
		final byte[] unknown = new String(ready, StandardCharsets.ISO_8859_1).replace("Ready", "Weary").getBytes(StandardCharsets.ISO_8859_1);
		assertTrue(assertThrows(IOException.class, () -> Message.read(in(unknown))).getMessage().contains("unknown Body 'Weary'"));
		final byte[] endless = ready.clone();
		ByteBuffer.wrap(endless).putInt(4, -1);
		assertTrue(assertThrows(IOException.class, () -> Message.read(in(endless))).getMessage().contains("found -1"));
		final byte[] lying = ready.clone();
		ByteBuffer.wrap(lying).putInt(8, 1 << 30);
		assertTrue(assertThrows(IOException.class, () -> Message.read(in(lying))).getMessage().contains("expected a length"));
	}
}
