package sc.fiji.glia.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.ExecutionException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.scijava.Context;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;

/** Commands as scripts call them. */
class CommandServiceTest {

	private Context context;
	private CommandService commands;

	@BeforeEach
	void open() {
		context = new Context(CommandService.class);
		commands = context.service(CommandService.class);
		WindowManager.setTempCurrentImage(null);
	}

	@AfterEach
	void close() {
		context.dispose();
	}

	private Throwable failure(final Class<? extends TaskCommand> command, final Object... inputs) {
		Throwable e = assertThrows(ExecutionException.class, () -> commands.run(command, true, inputs).get());
		while (e.getCause() != null && !(e instanceof IllegalArgumentException)) e = e.getCause();
		return e;
	}

	private static ImagePlus image() {
		return IJ.createImage("a b.tif", "8-bit black", 4, 3, 2);
	}

	@Test
	void wrongValuesAreExceptions() {
		assertEquals("rate: expected a number from 0.0000001 to 10 (or 0: automatic), got '-1.0'", failure(TrainNetwork.class, "image", image(), "rate",
			-1.0, "model", "x.zip").getMessage());
		assertEquals("output: expected one of mask, labels, probability, none, got 'masks'; did you mean 'mask'?", failure(SegmentImage.class, "image",
			image(), "model", "x.zip", "output", "masks").getMessage());
		assertEquals("model: missing. Give the file to read, as in model=[path.zip]", failure(SegmentImage.class, "image", image()).getMessage());
		assertEquals("reference: missing. Give the title of an open image, as in reference=[title]", failure(EvaluateImage.class, "image", image())
			.getMessage());
		assertEquals("image: no image. Open one, give image=[title], or give folder=[path]", failure(TrainNetwork.class, "model", "x.zip").getMessage());
	}

	@Test
	void outputOfAFakeTaskIsTheResult() throws Exception {
		final CommandModule module = commands.run(FakeCommand.class, true, "image", image(), "seed", 5, "overlay", true).get();
		assertEquals("a b.tif seed=5 overlay=true file=", ((ImagePlus) module.getOutput("result")).getTitle());
	}

	@Test
	void aFakeTaskIsToldOfFiles() throws Exception {
		final CommandModule module = commands.run(FakeCommand.class, true, "image", image(), "file", "x y.zip").get();
		assertEquals("a b.tif seed=1 overlay=false file=x y.zip", ((ImagePlus) module.getOutput("result")).getTitle());
	}
}
