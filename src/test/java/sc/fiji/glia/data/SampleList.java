package sc.fiji.glia.data;

import java.util.List;
import java.util.stream.IntStream;

/** Samples in memory, and makers of small ones. */
record SampleList(List<Sample> list) implements Samples {

	static SampleList of(final Sample... samples) {
		return new SampleList(List.of(samples));
	}

	/** An image of one row and one channel. */
	static Sample row(final String name, final String group, final float[] values, final int... labels) {
		return new Sample(name, group, values.length, 1, new float[][] { values }, bytes(labels));
	}

	/** A sample of one pixel for each name; the group is what precedes the colon. */
	static SampleList named(final String... names) {
		return new SampleList(java.util.Arrays.stream(names).map(n -> row(n, n.split(":")[0], new float[1], 0)).toList());
	}

	static byte[] bytes(final int... values) {
		final byte[] b = new byte[values.length];
		for (int i = 0; i < b.length; i++) b[i] = (byte) values[i];
		return b;
	}

	int[] all() {
		return IntStream.range(0, list.size()).toArray();
	}

	@Override
	public int size() {
		return list.size();
	}

	@Override
	public String name(final int i) {
		return list.get(i).name();
	}

	@Override
	public String group(final int i) {
		return list.get(i).group();
	}

	@Override
	public Sample get(final int i) {
		return list.get(i);
	}
}
