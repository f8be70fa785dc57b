package sc.fiji.glia.model;

import sc.fiji.glia.data.Normalization;

/**
 * What happens to an image before it enters the network.
 *
 * @param channels which channels of the image are used, as the user typed it: {@code all}, {@code 2}, {@code 1,2}
 * @param channelCount how many channels the network takes
 * @param normalization how values are normalised
 * @param pixelWidth width of a pixel of the training images, in {@code unit}
 * @param pixelHeight height of a pixel of the training images, in {@code unit}
 * @param unit unit of the pixel size; {@code pixel} if the images were not calibrated
 */
public record Preprocessing(String channels, int channelCount, Normalization normalization, double pixelWidth, double pixelHeight, String unit) {

	/** @throws IllegalArgumentException if there is no channel or a pixel size is not positive */
	public Preprocessing {
		if (channelCount < 1) throw new IllegalArgumentException("Preprocessing: expected at least 1 channel, got " + channelCount);
		if (!(pixelWidth > 0 && pixelHeight > 0) || Double.isInfinite(pixelWidth) || Double.isInfinite(pixelHeight)) throw new IllegalArgumentException(
			"Preprocessing: expected a pixel size above 0, got " + pixelWidth + " x " + pixelHeight + " " + unit);
	}
}
