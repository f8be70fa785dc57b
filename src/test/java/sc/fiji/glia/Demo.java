package sc.fiji.glia;

import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

import ij.IJ;
import ij.ImageJ;
import ij.process.LUT;
import net.imagej.patcher.LegacyInjector;
import sc.fiji.glia.image.LabelColors;

/**
 * Starts plain ImageJ with the built jar in its plugins folder: with a screen, it opens the test images; without one, it runs the macro
 * {@code train-and-segment.ijm} on them and leaves what it makes in {@code target/demo}.
 */
public final class Demo {

	private static final Path IMAGES = Path.of("test-images").toAbsolutePath();
	private static final Path OUTPUT = Path.of("target", "demo").toAbsolutePath();

	private Demo() {}

	/** @param args path of the built jar */
	public static void main(final String... args) throws IOException {
		final Path jar = Path.of(args[0]);
		final Path plugins = Files.createDirectories(OUTPUT.resolve("plugins"));
		Files.copy(jar, plugins.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
		System.setProperty("plugins.dir", OUTPUT.toString());
		if (GraphicsEnvironment.isHeadless()) runMacro();
		else openImageJ();
	}

	/** NB: ImageJ colours groups of ROIs with it, and complains in its log where it is missing, as beside a bare ij.jar. */
	private static void writeLookUpTable(final Path file) throws IOException {
		final LUT lut = LabelColors.lut();
		final byte[] table = new byte[3 * 256];
		lut.getReds(table);
		final byte[] channel = new byte[256];
		lut.getGreens(channel);
		System.arraycopy(channel, 0, table, 256, 256);
		lut.getBlues(channel);
		System.arraycopy(channel, 0, table, 512, 256);
		Files.write(file, table);
	}

	private static void openImageJ() throws IOException {
		writeLookUpTable(Files.createDirectories(OUTPUT.resolve("luts")).resolve("glasbey.lut"));
		new ImageJ();
		try (Stream<Path> files = Files.list(IMAGES)) {
			files.filter(f -> f.toString().endsWith(".tif")).sorted().forEach(f -> IJ.openImage(f.toString()).show());
		}
		IJ.showStatus("Try Plugins > Glia > Train Segmentation Network...");
	}

	/** NB: the patch comes before the first class of ImageJ, so nothing of it is touched above. */
	private static void runMacro() {
		LegacyInjector.preinit();
		System.exit(HeadlessRun.succeeds(Path.of("macros", "train-and-segment.ijm").toAbsolutePath(), IMAGES + "|" + OUTPUT) ? 0 : 1);
	}

	/** A class of its own, so that ImageJ is loaded after the patch. */
	private static final class HeadlessRun {

		static boolean succeeds(final Path macro, final String argument) {
			return "done".equals(IJ.runMacroFile(macro.toString(), argument));
		}
	}
}
