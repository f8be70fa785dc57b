package sc.fiji.glia.task.report;

/**
 * One validation image with its prediction, as the training window and the report show it.
 *
 * @param name name of the sample
 * @param width columns, in pixels
 * @param height rows, in pixels
 * @param input first channel, normalised
 * @param label class of each pixel, see {@link sc.fiji.glia.data.Sample#labels()}
 * @param foreground predicted probability of foreground, 0 to 1
 */
public record Preview(String name, int width, int height, float[] input, byte[] label, float[] foreground) {}
