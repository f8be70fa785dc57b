package sc.fiji.glia.image;

import java.util.List;

/** The labels of the planes of one image. Safe for use by several threads. */
public interface Labels {

	/** Number of planes. */
	int size();

	/** False if the plane is left out because nobody has labelled it. */
	boolean isLabelled(int plane);

	/**
	 * Class of each pixel of a plane, {@code [y * width + x]}, a new array: 0 background, 1 ... classes, {@link sc.fiji.glia.data.Sample#IGNORE}
	 * for pixels that count nothing.
	 */
	byte[] get(int plane);

	/** Names of the foreground classes 1, 2 ...: class {@code k} is {@code classes().get(k - 1)}. */
	List<String> classes();

	/** How the labels were understood, one sentence for the user. */
	String description();
}
