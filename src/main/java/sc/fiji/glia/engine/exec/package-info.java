/**
 * How a network runs: {@link sc.fiji.glia.engine.exec.TrainingPlan} for forward and backward over batches,
 * {@link sc.fiji.glia.engine.exec.Predictor} for inference. A {@code Layout}, made once for a graph and an input shape, decides where every
 * feature map and gradient lives; {@code Step}s do the work of the nodes; {@code Stages} run them over the images with any number of threads.
 * <p>
 * Depends on java.base, {@code engine.graph} and {@code engine.kernel}.
 */
package sc.fiji.glia.engine.exec;
