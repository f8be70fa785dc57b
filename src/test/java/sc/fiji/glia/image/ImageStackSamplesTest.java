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
package sc.fiji.glia.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import ij.ImagePlus;
import ij.ImageStack;
import ij.VirtualStack;
import ij.measure.Calibration;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;

import org.junit.jupiter.api.Test;

class ImageStackSamplesTest {

	private static ImagePlus stack(final String title, final ImageProcessor... slices) {
		final ImageStack stack = new ImageStack(slices[0].getWidth(), slices[0].getHeight());
		for (final ImageProcessor ip : slices) stack.addSlice(ip);
		return new ImagePlus(title, stack);
	}

	private static ByteProcessor bytes(final int a, final int b) {
		return new ByteProcessor(2, 1, new byte[] { (byte) a, (byte) b });
	}

	@Test
	void bytesOfAStack() {
		final ImageStackSamples s = new ImageStackSamples(stack("a.tif", bytes(1, 200), bytes(3, 4)), "all");
		assertEquals(2, s.size());
		assertEquals("a.tif:2", s.name(1));
		assertEquals("a.tif", s.group(1));
		assertArrayEquals(new float[] { 1, 200 }, s.get(0).channels()[0]);
		assertEquals(0, s.get(0).labels().length);
	}

	@Test
	void signed16BitAndCalibrationFunction() {
		final ImagePlus signed = new ImagePlus("s", new ShortProcessor(2, 1, new short[] { 0, (short) 32778 }, null));
		signed.getCalibration().setSigned16BitCalibration();
		assertArrayEquals(new float[] { -32768, 10 }, new ImageStackSamples(signed, "all").get(0).channels()[0]);
		final ImagePlus rescaled = new ImagePlus("r", new ShortProcessor(2, 1, new short[] { 0, 100 }, null));
		rescaled.getCalibration().setFunction(Calibration.STRAIGHT_LINE, new double[] { -1024, 2 }, "HU");
		assertArrayEquals(new float[] { -1024, -824 }, new ImageStackSamples(rescaled, "all").get(0).channels()[0]);
		final ImagePlus density = new ImagePlus("d", bytes(10, 20));
		density.getCalibration().setFunction(Calibration.STRAIGHT_LINE, new double[] { 1, 3 }, "x");
		assertArrayEquals(new float[] { 31, 61 }, new ImageStackSamples(density, "all").get(0).channels()[0]);
	}

	@Test
	void invertedLutGivesRawValues() {
		final ByteProcessor ip = bytes(0, 255);
		ip.invertLut();
		assertArrayEquals(new float[] { 0, 255 }, new ImageStackSamples(new ImagePlus("i", ip), "all").get(0).channels()[0]);
	}

	@Test
	void rgbIsThreeChannels() {
		final ImagePlus rgb = new ImagePlus("rgb", new ColorProcessor(2, 1, new int[] { 0x010203, 0xff8001 }));
		final ImageStackSamples s = new ImageStackSamples(rgb, "3,1");
		assertEquals(2, s.channels());
		assertArrayEquals(new float[][] { { 3, 1 }, { 1, 255 } }, s.get(0).channels());
	}

	@Test
	void hyperstackPlanesRunOverZThenT() {
		final ImageProcessor[] slices = new ImageProcessor[2 * 3 * 2];
		for (int i = 0; i < slices.length; i++) slices[i] = bytes(i, 100);
		final ImagePlus imp = stack("h", slices);
		imp.setDimensions(2, 3, 2);
		final ImageStackSamples s = new ImageStackSamples(imp, "2");
		assertEquals(6, s.size());
		// Channel 2, z 2, t 2 is slice ((2-1)*3 + 2-1)*2 + 1 = 9, counted from 0
		assertEquals(9, s.get(4).channels()[0][0]);
		assertEquals("h:2,2", s.name(4));
	}

	@Test
	void channelsAreChecked() {
		final ImagePlus imp = stack("c", bytes(1, 1), bytes(2, 2));
		imp.setDimensions(2, 1, 1);
		for (final String bad : new String[] { "3", "0", "1,1", "a", "1,", "-1", "1;2" }) {
			final String message = assertThrows(IllegalArgumentException.class, () -> new ImageStackSamples(imp, bad), bad).getMessage();
			assertTrue(message.startsWith("channels=" + bad), message);
		}
		assertEquals(2, new ImageStackSamples(imp, " 2, 1 ").channels());
	}

	@Test
	void notANumberIsRefused() {
		final ImagePlus imp = new ImagePlus("n", new FloatProcessor(2, 1, new float[] { 1, Float.NaN }));
		final String message = assertThrows(IllegalArgumentException.class, () -> new ImageStackSamples(imp, "all").get(0)).getMessage();
		assertTrue(message.contains("'n:1'") && message.contains("1 of 2"), message);
	}

	@Test
	void virtualStacksAreReadSliceBySlice() {
		final int[] reads = new int[1];
		final ImageStack virtual = new VirtualStack(2, 1, null, "") {

			@Override
			public ImageProcessor getProcessor(final int n) {
				reads[0]++;
				return bytes(n, 7);
			}

			@Override
			public int getSize() {
				return 50;
			}
		};
		final ImagePlus imp = new ImagePlus("v", virtual);
		reads[0] = 0;
		final ImageStackSamples s = new ImageStackSamples(imp, "all");
		assertEquals(41, s.get(40).channels()[0][0]);
		assertEquals(1, reads[0]);
	}

	@Test
	void outlivesTheImage() {
		final ImagePlus imp = stack("gone", bytes(1, 2), bytes(3, 4)), single = new ImagePlus("single", bytes(5, 6));
		final ImageStackSamples s = new ImageStackSamples(imp, "all"), one = new ImageStackSamples(single, "all");
		imp.close();
		imp.flush();
		single.flush();
		assertArrayEquals(new float[] { 3, 4 }, s.get(1).channels()[0]);
		assertArrayEquals(new float[] { 5, 6 }, one.get(0).channels()[0]);
	}

	@Test
	void groupsOfSlices() {
		final ImagePlus imp = stack("g", bytes(1, 2), bytes(3, 4));
		assertEquals("p2", new ImageStackSamples(imp, "all", List.of("p1", "p2")).group(1));
		assertThrows(IllegalArgumentException.class, () -> new ImageStackSamples(imp, "all", List.of("p1")));
	}

	@Test
	void noImage() {
		assertThrows(IllegalArgumentException.class, () -> new ImageStackSamples(new ImagePlus(), "all"));
	}
}
