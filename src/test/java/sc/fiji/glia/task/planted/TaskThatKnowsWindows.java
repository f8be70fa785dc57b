package sc.fiji.glia.task.planted;

/** Breaks a rule of the architecture on purpose. */
public class TaskThatKnowsWindows {

	sc.fiji.glia.ui.UserTask task;
}
