package sc.fiji.glia.data.planted;

/** Breaks a rule of the architecture on purpose. */
public class DataThatKnowsThePlant {

	public sc.fiji.glia.engine.planted.EngineThatKnowsData engine;
}
