/**
 * What a user can do, without a screen: train, segment, evaluate; and the settings of each, described once. Reads checked
 * {@link sc.fiji.glia.task.Values}, reports through {@link sc.fiji.glia.task.TrainingProgress}, throws what the user should know.
 * <p>
 * Depends on image, data, model and engine.
 */
package sc.fiji.glia.task;
