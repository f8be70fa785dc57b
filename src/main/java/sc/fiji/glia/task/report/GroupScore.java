package sc.fiji.glia.task.report;

/**
 * Scores of one group (volume, patient), pooled over its pixels. NaN where a score does not exist.
 *
 * @param group name of the group
 * @param part side of the split: {@code training}, {@code validation} or {@code test}
 * @param slices number of its images
 * @param dice Dice, 0 to 1
 * @param iou intersection over union, 0 to 1
 * @param accuracy share of pixels that are right, 0 to 1
 * @param sensitivity share of the foreground that was found, 0 to 1
 * @param specificity share of the background that was left alone, 0 to 1
 */
public record GroupScore(String group, String part, int slices, double dice, double iou, double accuracy, double sensitivity, double specificity) {}
