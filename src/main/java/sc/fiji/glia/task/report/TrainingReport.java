package sc.fiji.glia.task.report;

import java.util.List;

import sc.fiji.glia.model.Model;

/**
 * Everything the results folder of a training tells. The baselines to compare with are those of the model's training.
 *
 * @param title what was trained on, for the heading
 * @param model the trained model; its history, choices, split and versions are told
 * @param scoreName what the main score is, as in {@code Dice of the pooled voxels of the 4 test volumes}
 * @param score the main score, 0 to 1; NaN if there was nothing to judge on
 * @param emptyRule how slices with neither label nor prediction count, as a sentence
 * @param groups scores of each group
 * @param previews validation or test images with their predictions
 * @param notes further sentences the reader should see, such as warnings
 */
public record TrainingReport(String title, Model model, String scoreName, double score, String emptyRule, List<GroupScore> groups,
	List<Preview> previews, List<String> notes)
{

	public TrainingReport {
		groups = List.copyOf(groups);
		previews = List.copyOf(previews);
		notes = List.copyOf(notes);
	}
}
