package sc.fiji.glia.data;

/**
 * A list of samples that need not be in memory: names and groups are known at once, pixels are read when asked for.
 * Safe for use by several threads.
 */
public interface Samples {

	/** Number of samples. */
	int size();

	/** Name of sample {@code i}, see {@link Sample#name()}. */
	String name(int i);

	/** Group of sample {@code i}, see {@link Sample#group()}. */
	String group(int i);

	/**
	 * The pixels and labels of sample {@code i}.
	 *
	 * @throws java.io.UncheckedIOException if a file cannot be read
	 * @throws IllegalArgumentException if what is read is not what was announced; the message names the file
	 */
	Sample get(int i);
}
