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
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import sc.fiji.glia.model.Safetensors.Tensor;

class SafetensorsTest {

	@Test
	void layoutIsTheDocumentedOne() {
		final byte[] bytes = Safetensors.write(Map.of("w", new Tensor(List.of(1, 2), new float[] { 1, -2 })));
		final String header = "{\"w\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}";
		final int padded = (header.length() + 7) / 8 * 8;
		final ByteBuffer b = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
		assertEquals(padded, b.getLong());
		assertEquals(header + " ".repeat(padded - header.length()), new String(bytes, 8, padded, StandardCharsets.US_ASCII));
		assertEquals(8 + padded + 8, bytes.length);
		assertEquals(1f, b.getFloat(8 + padded));
		assertEquals(-2f, b.getFloat(8 + padded + 4));
		assertEquals((byte) 0x3f, bytes[8 + padded + 3], "little-endian 1.0f");
	}

	@Test
	void roundTripKeepsOrderAndBits() {
		final Map<String, Tensor> tensors = new LinkedHashMap<>();
		tensors.put("z", new Tensor(List.of(3), new float[] { Float.NaN, -0f, Float.MIN_VALUE }));
		tensors.put("\u00e4 \"x\"\n", new Tensor(List.of(), new float[] { 4 }));
		tensors.put("empty", new Tensor(List.of(0, 7), new float[0]));
		tensors.put("a", new Tensor(List.of(2, 1, 2), new float[] { 1, 2, 3, 4 }));
		final Map<String, Tensor> read = Safetensors.read(Safetensors.write(tensors));
		assertEquals(tensors.keySet(), read.keySet());
		tensors.forEach((k, t) -> {
			assertEquals(t.shape(), read.get(k).shape());
			assertArrayEquals(t.values(), read.get(k).values());
		});
		assertEquals(Map.of(), Safetensors.read(Safetensors.write(Map.of())));
	}

	@Test
	void ignoresMetadataAndReadsAnyOrder() {
		final Map<String, Tensor> read = Safetensors.read(file("{\"b\":" + f32("[1]", 4, 8) +
			",\"__metadata__\":{\"format\":\"pt\"},\"a\":" + f32("[]", 0, 4) + "}", 8));
		assertEquals(List.of("a", "b"), List.copyOf(read.keySet()));
	}

	@Test
	void refusesEverythingElse() {
		bad("at least 8", new byte[7]);
		bad("header", new byte[8]);
		bad("header", new byte[] { -1, -1, -1, -1, -1, -1, -1, -1, '{', '}' });
		bad("begin with", file(" {}", 0));
		bad("JSON", file("{\"a\":", 0));
		bad("JSON", file("{} {}", 0));
		bad("F32", file("{\"a\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]}}", 4));
		bad("shape and two", file("{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}}", 4));
		bad("twice", file("{\"a\":" + f32("[1]", 0, 4) + ",\"a\":" + f32("[1]", 4, 8) + "}", 8));
		bad("'b'", file("{\"a\":" + f32("[1]", 0, 4) + ",\"b\":" + f32("[1]", 0, 4) + "}", 4)); // overlap
		bad("'b'", file("{\"a\":" + f32("[1]", 0, 4) + ",\"b\":" + f32("[1]", 8, 12) + "}", 12)); // gap
		bad("'a'", file("{\"a\":" + f32("[2]", 0, 8) + "}", 4)); // beyond the end
		bad("'a'", file("{\"a\":" + f32("[2]", 0, 4) + "}", 4)); // shape and range differ
		bad("got 8", file("{\"a\":" + f32("[1]", 0, 4) + "}", 8)); // bytes left over
		bad("whole numbers", file("{\"a\":" + f32("[-1]", 0, 4) + "}", 4));
		bad("whole numbers", file("{\"a\":" + f32("[1.0]", 0, 4) + "}", 4));
		bad("too large", file("{\"a\":" + f32("[65536,65536,65536,65536]", 0, 0) + "}", 0)); // 2^64 is 0 in a long
		bad("UTF-8", file("{\"\u00ff\":1}", StandardCharsets.ISO_8859_1, 0));
	}

	private static String f32(final String shape, final long begin, final long end) {
		return "{\"dtype\":\"F32\",\"shape\":" + shape + ",\"data_offsets\":[" + begin + "," + end + "]}";
	}

	private static byte[] file(final String header, final int data) {
		return file(header, StandardCharsets.UTF_8, data);
	}

	private static byte[] file(final String header, final java.nio.charset.Charset charset, final int data) {
		final byte[] h = header.getBytes(charset);
		return ByteBuffer.allocate(8 + h.length + data).order(ByteOrder.LITTLE_ENDIAN).putLong(h.length).put(h).array();
	}

	private static void bad(final String why, final byte[] bytes) {
		final String message = assertThrows(IllegalArgumentException.class, () -> Safetensors.read(bytes)).getMessage();
		assertTrue(message.contains(why), message);
	}
}
