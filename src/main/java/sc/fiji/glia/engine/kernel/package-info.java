/**
 * Arithmetic on arrays. {@link sc.fiji.glia.engine.kernel.Kernels} is the one interface behind which the fast code stands;
 * {@link sc.fiji.glia.engine.kernel.KernelProvider} chooses an implementation once.
 * <p>
 * Feature maps are planes, {@code [channel][y * width + x]}, each an array of its own: two maps are concatenated by putting their
 * planes in one list, and every loop over a plane has the form that the Java compiler vectorises.
 * <p>
 * Depends on java.base and {@code engine.graph}; the vector kernels also on jdk.incubator.vector.
 */
package sc.fiji.glia.engine.kernel;
