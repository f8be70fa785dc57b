/**
 * What the engine is held against: {@link sc.fiji.glia.engine.check.Reference} computes every layer,
 * {@link sc.fiji.glia.engine.check.ReferenceLoss} every loss, in double precision and as the formulas read, and
 * {@link sc.fiji.glia.engine.check.GradientCheck} compares gradients with central differences of the two. Slow on purpose; there is no
 * second backward pass to trust.
 * <p>
 * Arrays: a batch is {@code [image][channel][y * width + x]}, labels are {@code [image][y * width + x]}.
 * <p>
 * Depends on java.base and {@link sc.fiji.glia.engine.graph} only.
 */
package sc.fiji.glia.engine.check;
