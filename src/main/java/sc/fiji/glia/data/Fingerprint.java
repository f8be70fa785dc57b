package sc.fiji.glia.data;

import java.util.List;

/**
 * What is known of a data set: the automatic settings are derived from it, and the model file keeps it. All numbers are finite.
 *
 * @param samples number of samples
 * @param groups number of groups
 * @param width smallest, median and largest width, in pixels
 * @param height smallest, median and largest height, in pixels
 * @param channels number of channels
 * @param classes number of classes with background: the largest label plus 1, at least 1
 * @param pixels number of pixels of each class, background first
 * @param ignored number of pixels that count nothing
 * @param foregroundShare share of foreground among the pixels that count, 0 to 1
 * @param foregroundSampleShare share of samples with foreground, 0 to 1
 * @param minimum for each channel, the smallest value
 * @param maximum for each channel, the largest value
 * @param mean for each channel, the mean over all pixels
 * @param deviation for each channel, the standard deviation over all pixels
 * @param deviationOfMeans for each channel, the standard deviation of the images' means
 * @param zeroBackground whether the background is exactly 0, see {@link Normalization#hasZeroBackground}
 * @param objectDiameter median diameter of the circles that have the areas of the objects, in pixels; an object is a set of 8-connected
 *          pixels of one foreground class; 0 if there are none
 * @param sha256 SHA-256 of sizes, values and labels of all samples in order, in hexadecimal
 */
public record Fingerprint(int samples, int groups, Size width, Size height, int channels, int classes, List<Long> pixels, long ignored,
	double foregroundShare, double foregroundSampleShare, List<Double> minimum, List<Double> maximum, List<Double> mean, List<Double> deviation,
	List<Double> deviationOfMeans, boolean zeroBackground, double objectDiameter, String sha256)
{

	/** Smallest, median (the lower of two) and largest, in pixels. */
	public record Size(int min, int median, int max) {}

	/** Keeps copies of the lists. */
	public Fingerprint {
		pixels = List.copyOf(pixels);
		minimum = List.copyOf(minimum);
		maximum = List.copyOf(maximum);
		mean = List.copyOf(mean);
		deviation = List.copyOf(deviation);
		deviationOfMeans = List.copyOf(deviationOfMeans);
	}

	/**
	 * The fingerprint of these samples; each is read once.
	 *
	 * @throws IllegalArgumentException if there are none, their numbers of channels differ, or one has values that are not finite
	 */
	public static Fingerprint of(final Samples samples, final int[] indices) {
		if (indices.length == 0) throw new IllegalArgumentException("Fingerprint: expected at least 1 sample, got 0");
		final FingerprintScan scan = new FingerprintScan();
		for (final int i : indices) scan.add(samples.get(i));
		return scan.result();
	}
}
