package sc.fiji.glia.engine.train;

/** What a {@link TrainingListener} wants the trainer to do next. */
public enum Signal {
	/** Go on. */
	CONTINUE,
	/** End now; the best weights so far are the result. */
	FINISH,
	/** End now because the user cancelled; the best weights so far are still kept. */
	CANCEL
}
