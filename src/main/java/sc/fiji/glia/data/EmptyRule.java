package sc.fiji.glia.data;

/**
 * What a score is when there is nothing to score.
 * <p>
 * If neither reference nor prediction has a pixel of the class, Dice and IoU are 0/0: not defined. They are then {@code NaN} and left
 * out of means; they are not counted as 1, which would reward a network for the many slices without the object. If only one of the two
 * has the class, Dice and IoU are 0. Sensitivity is not defined if the reference has no pixel of the class, precision if the prediction
 * has none, specificity if every pixel of the reference is of the class, and all scores if no pixel counts.
 */
public final class EmptyRule {

	/** The rule in one sentence, to be shown beside scores. */
	public static final String TEXT =
		"Dice and IoU are not defined (NaN) where reference and prediction are both empty, sensitivity where the reference is; " +
			"such values are left out of means.";

	private EmptyRule() {}

	/** The quotient, or NaN if both are 0. */
	static double ratio(final double part, final double whole) {
		return whole == 0 ? Double.NaN : part / whole;
	}
}
