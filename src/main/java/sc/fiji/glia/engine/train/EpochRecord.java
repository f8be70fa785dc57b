package sc.fiji.glia.engine.train;

/**
 * What one epoch of training came to. Validation numbers are NaN where there is no validation data.
 *
 * @param epoch number of the epoch, from 1
 * @param rate learning rate used in this epoch
 * @param loss mean training loss over the epoch's steps
 * @param score mean training score over the epoch's steps (Dice of the foreground for segmentation)
 * @param validationLoss mean loss over the validation data after the epoch
 * @param validationScore score of the validation data after the epoch (Dice of the foreground for segmentation)
 * @param seconds duration of the epoch with its validation, in seconds
 * @param best true if this epoch's weights were the best so far
 */
public record EpochRecord(int epoch, double rate, double loss, double score, double validationLoss, double validationScore, double seconds,
	boolean best)
{}
