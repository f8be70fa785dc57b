package sc.fiji.glia.engine.kernel;

import java.util.List;

/** Chooses the {@link Kernels} once, when first asked. */
public final class KernelProvider {

	private static final String MODULE = "jdk.incubator.vector";
	private static final Kernels BEST = hasVectorModule() ? new VectorKernels() : new PlainKernels();

	private KernelProvider() {}

	/** The fastest kernels this Java virtual machine can run. */
	public static Kernels best() {
		return BEST;
	}

	/** All kernels this Java virtual machine can run, the plain ones first. */
	public static List<Kernels> available() {
		return hasVectorModule() ? List.of(new PlainKernels(), BEST) : List.of(BEST);
	}

	/** Why {@link #best()} is what it is, in one sentence. */
	public static String reason() {
		return hasVectorModule() ? "The module " + MODULE + " is there: explicit vector instructions (" + BEST.name() + ")." : "The module " + MODULE +
			" is not there (add it with --add-modules=" + MODULE + " when starting Java): loops that the Java compiler vectorises itself.";
	}

	private static boolean hasVectorModule() {
		return ModuleLayer.boot().findModule(MODULE).isPresent();
	}
}
