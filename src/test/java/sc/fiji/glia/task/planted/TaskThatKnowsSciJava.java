package sc.fiji.glia.task.planted;

/** Breaks a rule of the architecture on purpose. */
public class TaskThatKnowsSciJava {

	org.scijava.Context context;

	net.imglib2.Cursor<?> cursor;
}
