/**
 * How a network learns
 * <p>
 * Depends on  losses, optimizers, schedules, the trainer and what it reports.:java.base and the other engine packages only.
 */
package sc.fiji.glia.engine.train;
