package sc.fiji.glia.model;

import java.util.List;

/**
 * Which groups (or samples, where each is its own group) were trained on, validated on and tested on.
 *
 * @param train names of the training groups
 * @param validation names of the validation groups
 * @param test names of the test groups
 */
public record SplitNames(List<String> train, List<String> validation, List<String> test) {

	/** Nothing at all. */
	public static final SplitNames NONE = new SplitNames(List.of(), List.of(), List.of());

	public SplitNames {
		train = List.copyOf(train);
		validation = List.copyOf(validation);
		test = List.copyOf(test);
	}
}
