package sc.fiji.glia.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import sc.fiji.glia.data.Fingerprint;
import sc.fiji.glia.engine.train.EpochRecord;

/**
 * How a model came to be: everything needed to repeat its training and to judge it. Maps keep their order.
 *
 * @param settings every setting's key with the value that was used
 * @param choices one line for each setting that was chosen automatically: its value and the reason
 * @param fingerprint what the data were, with hashes
 * @param split names of the groups on each side of the split
 * @param history one record for each epoch
 * @param bestEpoch epoch whose weights the model has, from 1; 0 if there was none
 * @param scores scores by name, as in {@code test dice}; NaN where a score does not exist
 * @param baselines score of each trivial baseline by name, on the data of the report's main score
 * @param versions version of each piece of software that took part, by name
 * @param date when training ended, ISO 8601
 * @param macro the macro line that repeats the training
 * @param seed the seed
 * @param seconds duration of the training, in seconds
 */
public record Training(Map<String, String> settings, List<String> choices, Fingerprint fingerprint, SplitNames split, List<EpochRecord> history,
	int bestEpoch, Map<String, Double> scores, Map<String, Double> baselines, Map<String, String> versions, String date, String macro, long seed,
	double seconds)
{

	public Training {
		settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
		choices = List.copyOf(choices);
		history = List.copyOf(history);
		scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
		baselines = Collections.unmodifiableMap(new LinkedHashMap<>(baselines));
		versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
	}
}
