package sc.fiji.glia.engine.planted;

/** Breaks a rule of the architecture on purpose. */
public class EngineThatReadsFiles {

	java.io.File file;
}
