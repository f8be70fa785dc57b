/**
 * How a network learns: losses, optimizers, schedules, the {@link sc.fiji.glia.engine.train.Trainer} and what it reports.
 * <p>
 * Depends on java.base and the other engine packages only.
 */
package sc.fiji.glia.engine.train;
