package sc.fiji.glia.task.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class PreviewTest {

	@Test
	void grayCoversTheFiniteValues() {
		assertArrayEquals(new int[] { 0, 128, 255, 0 }, gray(-1, 0, 1, Float.NaN));
		assertArrayEquals(new int[] { 0, 128, 255, 255, 0 }, gray(-1, 0, 1, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY));
		assertArrayEquals(new int[] { 0, 0 }, gray(7, 7));
		assertArrayEquals(new int[] { 0 }, gray(Float.NaN));
	}

	private static int[] gray(final float... input) {
		return new Preview("a", input.length, 1, input, new byte[0], new float[input.length]).gray();
	}
}
