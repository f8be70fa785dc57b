package sc.fiji.glia.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.imglib2.img.array.ArrayImgs;
import net.imglib2.view.Views;

import org.junit.jupiter.api.Test;

class ImgSamplesTest {

	/** 2 x 1 x 2 x 3, each value its place in memory. */
	private static short[] counting() {
		final short[] v = new short[12];
		for (int i = 0; i < v.length; i++) v[i] = (short) i;
		return v;
	}

	@Test
	void channelsAndSlices() {
		final ImgSamples s = new ImgSamples("i", ArrayImgs.unsignedShorts(counting(), 2, 1, 2, 3), true);
		assertEquals(3, s.size());
		assertEquals("i:3", s.name(2));
		assertArrayEquals(new float[][] { { 4, 5 }, { 6, 7 } }, s.get(1).channels());
	}

	@Test
	void offsetsAreHeeded() {
		final ImgSamples s = new ImgSamples("i", Views.translate(ArrayImgs.unsignedShorts(counting(), 2, 2, 3), 10, -5, 7), false);
		assertEquals(3, s.size());
		assertArrayEquals(new float[][] { { 8, 9, 10, 11 } }, s.get(2).channels());
	}

	@Test
	void aPlane() {
		assertEquals(1, new ImgSamples("i", ArrayImgs.floats(2, 2), false).size());
		assertThrows(IllegalArgumentException.class, () -> new ImgSamples("i", ArrayImgs.floats(2, 2), true));
		assertThrows(IllegalArgumentException.class, () -> new ImgSamples("i", ArrayImgs.floats(2, 2, 2, 2), false));
	}
}
