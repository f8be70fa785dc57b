package sc.fiji.glia.engine.planted;

/** Breaks a rule of the architecture on purpose. */
public class EngineThatDraws {

	ij.ImagePlus image;
}
