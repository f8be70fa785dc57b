package sc.fiji.glia.task.report;

import java.nio.file.Path;

/** Writes the results folders of made-up trainings to {@code target/report-demo}, to look at. */
public final class ReportDemo {

	private ReportDemo() {}

	public static void main(final String[] args) {
		ResultsFolder.write(Path.of("target/report-demo/good"), Reports.of(40, 0.83, 0.17));
		ResultsFolder.write(Path.of("target/report-demo/useless"), Reports.of(1, 0.16, 0.17));
		ResultsFolder.write(Path.of("target/report-demo/short"), Reports.of(3, Double.NaN, 0.17));
	}
}
