package sc.fiji.glia.ij1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.ImagePlus;

/** Runs the macros of the folder macros, each with a training of one epoch of a small network in the place of its own. */
class ExampleMacrosTest {

	private static final Path IMAGES = Path.of("test-images").toAbsolutePath();

	@TempDir
	private Path folder;

	@BeforeAll
	static void installCommands() throws Exception {
		MacroTest.installCommands();
	}

	@AfterEach
	void closeAll() {
		IJ.runMacro("close('*');");
	}

	/** What the macro returns. */
	private static String run(final String name, final String argument) throws IOException {
		final String macro = Files.readString(Path.of("macros", name)).replaceFirst("epochs = \\d+;", "epochs = 1;").replaceFirst("epochs=\\d+", "epochs=1")
			.replaceFirst("seed=1 ", "seed=1 network=[U-Net] ");
		return IJ.runMacro(macro, argument);
	}

	@Test
	void trainsAndSegmentsAndGoesOnWithAFolder() throws IOException {
		assertEquals("done", run("train-and-segment.ijm", IMAGES + "|" + folder));
		final ImagePlus mask = IJ.openImage(folder.resolve("phantom-b-segmented.tif").toString());
		assertEquals(12, mask.getStackSize());
		assertEquals(4 * 256, IJ.openImage(folder.resolve("phantom-b-outlines.png").toString()).getWidth());
		assertEquals(1 + 12 + 2, Files.readAllLines(folder.resolve("phantom-b-scores.csv")).size(), "a heading, the slices, two summaries");
		assertTrue(Files.isRegularFile(folder.resolve("training").resolve("report.html")));

		final Path images = Files.createDirectory(folder.resolve("images")), results = Files.createDirectory(folder.resolve("masks"));
		Files.copy(IMAGES.resolve("phantom-b.tif"), images.resolve("one.tif"));
		Files.copy(IMAGES.resolve("phantom-b-mask.tif"), images.resolve("one_mask.tif"));
		assertEquals("1", run("segment-folder.ijm", images + "|" + folder.resolve("lesions.zip") + "|" + results));
		assertEquals(12, IJ.openImage(results.resolve("one_mask.tif").toString()).getStackSize());
		assertEquals(1 + 12, Files.readAllLines(results.resolve("one_objects.csv")).size());
	}

	@Test
	void trainsFromRois() throws IOException {
		final Path model = folder.resolve("rois.zip");
		assertTrue(Integer.parseInt(run("train-from-rois.ijm", IMAGES + "|" + model)) >= 7, "four backgrounds, three lesions, and what was found");
		assertTrue(Files.isRegularFile(model));
		assertEquals("phantom-a.tif", IJ.getImage().getTitle());
	}
}
