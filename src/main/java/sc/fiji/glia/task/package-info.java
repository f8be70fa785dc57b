/**
 * What a user can do, without a screen
 * <p>
 * Depends on  train, segment, evaluate. Reads validated settings, reports through {@link sc.fiji.glia.task.TrainingProgress}.:image, data, model, engine only.
 */
package sc.fiji.glia.task;
