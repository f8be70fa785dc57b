package sc.fiji.glia.engine.planted;

/** Breaks a rule of the architecture on purpose. */
public class EngineThatVectorises {

	jdk.incubator.vector.FloatVector vector;
}
