package sc.fiji.glia.ij1;

import sc.fiji.glia.ui.FakeTask;

/** Offers {@link FakeTask} to ImageJ. */
public class RunFake extends RunTask {

	@Override
	public void run(final String argument) {
		run(FakeTask.TASK);
	}
}
