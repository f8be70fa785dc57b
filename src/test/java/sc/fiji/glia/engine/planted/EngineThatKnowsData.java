package sc.fiji.glia.engine.planted;

/** Breaks a rule of the architecture on purpose. */
public class EngineThatKnowsData {

	public sc.fiji.glia.data.planted.DataThatKnowsThePlant data;
}
