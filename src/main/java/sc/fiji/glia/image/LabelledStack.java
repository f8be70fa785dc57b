package sc.fiji.glia.image;

import java.util.List;
import java.util.stream.IntStream;

import sc.fiji.glia.data.Sample;
import sc.fiji.glia.data.Samples;

/** The labelled planes of an open image: planes that {@link Labels#isLabelled} denies are not in the list. */
public final class LabelledStack implements Samples {

	private final ImageStackSamples image;
	private final Labels labels;
	private final int[] planes;

	/** @throws IllegalArgumentException if the numbers of planes differ or no plane is labelled */
	public LabelledStack(final ImageStackSamples image, final Labels labels) {
		if (image.size() != labels.size()) throw new IllegalArgumentException("Image '" + image.title() + "' has " + image.size() + " slices, its labels have " +
			labels.size() + ".");
		this.image = image;
		this.labels = labels;
		planes = IntStream.range(0, labels.size()).filter(labels::isLabelled).toArray();
		if (planes.length == 0) throw new IllegalArgumentException("No slice of image '" + image.title() + "' has labels.");
	}

	@Override
	public int size() {
		return planes.length;
	}

	@Override
	public String name(final int i) {
		return image.name(planes[i]);
	}

	@Override
	public String group(final int i) {
		return image.group(planes[i]);
	}

	@Override
	public Sample get(final int i) {
		final Sample s = image.get(planes[i]);
		return new Sample(s.name(), s.group(), s.width(), s.height(), s.channels(), labels.get(planes[i]));
	}

	/** Plane of the image that sample {@code i} is, counted from 0. */
	public int plane(final int i) {
		return planes[i];
	}

	/** Number of channels of every sample. */
	public int channels() {
		return image.channels();
	}

	/** Names of the foreground classes, see {@link Labels#classes()}. */
	public List<String> classes() {
		return labels.classes();
	}

	/** What is trained on, in a sentence. */
	public String description() {
		return "image '" + image.title() + "', " + planes.length + " of " + image.size() + " slices labelled; " + labels.description();
	}
}
