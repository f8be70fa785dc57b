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
package sc.fiji.glia.data.file;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An array of numbers or texts with any number of dimensions. Elements are read when asked for. Safe for several threads. */
public final class NdArray {

	private final String name;
	private final ElementType type;
	private final int[] shape;
	/** Elements from one index of each dimension to the next. */
	private final long[] strides;
	private final Bytes bytes;

	/** @param fortran whether the first index runs fastest, not the last */
	NdArray(final String name, final ElementType type, final int[] shape, final boolean fortran, final Bytes bytes) {
		this.name = name;
		this.type = type;
		this.shape = shape.clone();
		this.bytes = bytes;
		strides = new long[shape.length];
		long stride = 1;
		for (int k = 0; k < shape.length; k++) {
			final int d = fortran ? k : shape.length - 1 - k;
			strides[d] = stride;
			stride *= shape[d];
		}
	}

	/** Name of the array in its file, or of the file. */
	public String name() {
		return name;
	}

	/** Length of each dimension. */
	public int[] shape() {
		return shape.clone();
	}

	/**
	 * A rectangle of numbers, {@code [row * width + column]}.
	 *
	 * @param index of the element at its corner
	 * @param rows dimension that rows run along
	 * @param columns dimension that columns run along
	 */
	public float[] plane(final int[] index, final int rows, final int columns) {
		if (type.isText()) throw new IllegalArgumentException("Array '" + name + "': expected numbers, found " + type.description() + ".");
		long corner = 0;
		for (int d = 0; d < shape.length; d++) corner += index[d] * strides[d];
		final int height = shape[rows], width = shape[columns];
		final long step = strides[columns] * type.bytes();
		final float[] plane = new float[Math.multiplyExact(height, width)];
		for (int y = 0; y < height; y++) {
			final long start = (corner + y * strides[rows]) * type.bytes();
			if (Bytes.sameSegment(start, start + (width - 1) * step)) type.numbers(bytes.segment(start), Bytes.local(start), (int) step, plane, y * width, width);
			else for (int x = 0; x < width; x++) {
				final long at = start + x * step;
				plane[y * width + x] = (float) type.number(bytes.segment(at), Bytes.local(at));
			}
		}
		return plane;
	}

	/**
	 * All elements along the first dimension as texts: integers without a decimal point.
	 *
	 * @throws IllegalArgumentException if other dimensions are longer than 1, or a number is no integer
	 */
	public List<String> texts() {
		if (shape.length == 0 || Arrays.stream(shape).skip(1).anyMatch(n -> n != 1)) throw new IllegalArgumentException("Array '" + name +
			"': expected one class for each image, found shape " + text(shape) + ".");
		final List<String> texts = new ArrayList<>(shape[0]);
		for (int i = 0; i < shape[0]; i++) {
			final long at = i * strides[0] * type.bytes();
			texts.add(switch (type.kind()) {
				case S, U -> characters(at);
				case B1 -> bytes.get(at) == 0 ? "false" : "true";
				default -> integer(type.number(bytes.segment(at), Bytes.local(at)), i);
			});
		}
		return texts;
	}

	private String integer(final double v, final int i) {
		if (v != Math.rint(v) || Math.abs(v) > 1L << 53) throw new IllegalArgumentException("Array '" + name + "': element " + (i + 1) + " is " + v +
			", expected integers or texts for classes.");
		return Long.toString((long) v);
	}

	/** Text is filled up with zeros. */
	private String characters(final long at) {
		final int n = type.bytes();
		final StringBuilder text = new StringBuilder();
		if (type.kind() == ElementType.Kind.U) for (int k = 0; k < n; k += 4) {
			int c = 0;
			for (int b = 0; b < 4; b++) c |= (bytes.get(at + k + b) & 0xff) << (type.order() == ByteOrder.BIG_ENDIAN ? 24 - 8 * b : 8 * b);
			if (!Character.isValidCodePoint(c)) throw new IllegalArgumentException("Array '" + name + "': found text that is no Unicode. Is the file damaged?");
			if (c != 0) text.appendCodePoint(c);
		}
		else {
			final byte[] all = new byte[n];
			for (int k = 0; k < n; k++) all[k] = bytes.get(at + k);
			text.append(new String(all, StandardCharsets.UTF_8).replace("\0", ""));
		}
		return text.toString().trim();
	}

	/** A shape as NumPy prints it. */
	static String text(final int[] shape) {
		return "(" + String.join(", ", Arrays.stream(shape).mapToObj(Integer::toString).toList()) + (shape.length == 1 ? ",)" : ")");
	}
}
