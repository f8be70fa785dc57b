/*-
 * #%L
 * Glia: train neural networks on the images open in Fiji.
 * %%
 * Copyright (C) 2026 Glia developers.
 * %%
 * Redistribution and use in source and binary forms, with or without
 * modification, are permitted provided that the following conditions are met:
 * 
 * 1. Redistributions of source code must retain the above copyright notice,
 *    this list of conditions and the following disclaimer.
 * 2. Redistributions in binary form must reproduce the above copyright notice,
 *    this list of conditions and the following disclaimer in the documentation
 *    and/or other materials provided with the distribution.
 * 
 * THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS"
 * AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE
 * IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE
 * ARE DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDERS OR CONTRIBUTORS BE
 * LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR
 * CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF
 * SUBSTITUTE GOODS OR SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS
 * INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN
 * CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE)
 * ARISING IN ANY WAY OUT OF THE USE OF THIS SOFTWARE, EVEN IF ADVISED OF THE
 * POSSIBILITY OF SUCH DAMAGE.
 * #L%
 */
package sc.fiji.glia.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import sc.fiji.glia.engine.graph.Add;
import sc.fiji.glia.engine.graph.BatchNorm;
import sc.fiji.glia.engine.graph.Concat;
import sc.fiji.glia.engine.graph.Conv2D;
import sc.fiji.glia.engine.graph.Dense;
import sc.fiji.glia.engine.graph.Dropout;
import sc.fiji.glia.engine.graph.FieldOfView;
import sc.fiji.glia.engine.graph.Flatten;
import sc.fiji.glia.engine.graph.GlobalAveragePool2D;
import sc.fiji.glia.engine.graph.Graph;
import sc.fiji.glia.engine.graph.Input;
import sc.fiji.glia.engine.graph.Layer;
import sc.fiji.glia.engine.graph.LeakyReLU;
import sc.fiji.glia.engine.graph.MaxPool2D;
import sc.fiji.glia.engine.graph.Node;
import sc.fiji.glia.engine.graph.Padding;
import sc.fiji.glia.engine.graph.ReLU;
import sc.fiji.glia.engine.graph.Sigmoid;
import sc.fiji.glia.engine.graph.Softmax;
import sc.fiji.glia.engine.graph.Upsample2D;
import sc.fiji.glia.engine.graph.WeightSpec;

/** A network as a list of nodes: name, layer, names of the nodes it reads, and the layer's parameters. */
final class GraphJson {

	/** Most filters or units, most channels of an image, and largest size of a flattened image. */
	private static final int WIDEST = 1 << 16;
	/** Largest kernel, stride or factor. */
	private static final int LARGEST = 1 << 10;
	/** Greatest multiple that a network can ask of image sizes, in pixels. */
	private static final int GREATEST_MULTIPLE = 1 << 14;
	private static final int MOST_NODES = 10_000;
	/** Most weights: what fits into one array of bytes. */
	private static final long MOST_WEIGHTS = Integer.MAX_VALUE / 4 - 1_000;

	private GraphJson() {}

	static JsonArray write(final Graph graph) {
		final JsonArray nodes = new JsonArray();
		for (final Node n : graph.nodes()) {
			final JsonObject o = new JsonObject();
			o.addProperty("name", n.name());
			layer(n.layer(), o);
			if (!n.inputs().isEmpty()) o.add("inputs", Fields.array(n.inputs().stream().map(i -> graph.nodes().get(i).name()).toList()));
			nodes.add(o);
		}
		return nodes;
	}

	/** @throws IllegalArgumentException if this is not a network that can run, or not one that fits into a file */
	static Graph read(final Fields model) {
		final Map<String, Integer> index = new HashMap<>();
		final List<Node> nodes = new ArrayList<>();
		final List<JsonElement> items = model.list("graph", e -> e);
		if (items.size() > MOST_NODES) throw new IllegalArgumentException("graph: expected at most " + MOST_NODES + " nodes, found " + items.size());
		for (final JsonElement e : items) {
			final String name = Fields.of("graph[" + nodes.size() + "]", e).string("name");
			final Fields f = Fields.of("graph '" + name + "'", e);
			final List<Integer> inputs = new ArrayList<>();
			for (final String in : f.strings("inputs")) {
				if (!index.containsKey(in)) throw new IllegalArgumentException("graph '" + name + "': reads '" + in + "', which is not before it");
				inputs.add(index.get(in));
			}
			index.put(name, nodes.size());
			nodes.add(new Node(name, layer(f), inputs));
		}
		return checked(new Graph(nodes));
	}

	private static void layer(final Layer layer, final JsonObject o) {
		// Java 17 has no exhaustive switch over types; a test loops over the permitted layers
		o.addProperty("layer", name(layer));
		if (layer instanceof Input l) o.addProperty("channels", l.channels());
		else if (layer instanceof Conv2D l) {
			o.addProperty("filters", l.filters());
			o.addProperty("kernel", l.kernel());
			o.addProperty("stride", l.stride());
			o.addProperty("padding", Fields.name(l.padding()));
			o.addProperty("bias", l.bias());
		}
		else if (layer instanceof BatchNorm l) {
			o.addProperty("epsilon", l.epsilon());
			o.addProperty("momentum", l.momentum());
		}
		else if (layer instanceof LeakyReLU l) o.addProperty("slope", l.slope());
		else if (layer instanceof Dropout l) o.addProperty("rate", l.rate());
		else if (layer instanceof MaxPool2D l) o.addProperty("size", l.size());
		else if (layer instanceof Upsample2D l) o.addProperty("factor", l.factor());
		else if (layer instanceof Dense l) {
			o.addProperty("units", l.units());
			o.addProperty("bias", l.bias());
		}
		else if (layer instanceof Flatten l) {
			o.addProperty("height", l.height());
			o.addProperty("width", l.width());
		}
	}

	/** The name of a layer in the file. It never changes, whatever the class is called. */
	private static String name(final Layer layer) {
		if (layer instanceof Input) return "Input";
		if (layer instanceof Conv2D) return "Conv2D";
		if (layer instanceof BatchNorm) return "BatchNorm";
		if (layer instanceof ReLU) return "ReLU";
		if (layer instanceof LeakyReLU) return "LeakyReLU";
		if (layer instanceof Sigmoid) return "Sigmoid";
		if (layer instanceof Softmax) return "Softmax";
		if (layer instanceof Dropout) return "Dropout";
		if (layer instanceof MaxPool2D) return "MaxPool2D";
		if (layer instanceof Upsample2D) return "Upsample2D";
		if (layer instanceof Concat) return "Concat";
		if (layer instanceof Add) return "Add";
		if (layer instanceof Dense) return "Dense";
		if (layer instanceof Flatten) return "Flatten";
		if (layer instanceof GlobalAveragePool2D) return "GlobalAveragePool2D";
		throw new IllegalStateException("The model file has no name for the layer " + layer);
	}

	private static Layer layer(final Fields f) {
		final String name = f.string("layer");
		return switch (name) {
			case "Input" -> new Input(f.integer("channels", 1, WIDEST));
			case "Conv2D" -> new Conv2D(f.integer("filters", 1, WIDEST), f.integer("kernel", 1, LARGEST), f.integer("stride", 1, LARGEST), f.constant(
				"padding", Padding.values()), f.bool("bias"));
			case "BatchNorm" -> new BatchNorm(between(f, "epsilon", 0, 1), between(f, "momentum", 0, 1));
			case "ReLU" -> new ReLU();
			case "LeakyReLU" -> new LeakyReLU(f.single("slope"));
			case "Sigmoid" -> new Sigmoid();
			case "Softmax" -> new Softmax();
			case "Dropout" -> new Dropout(f.single("rate"));
			case "MaxPool2D" -> new MaxPool2D(f.integer("size", 2, LARGEST));
			case "Upsample2D" -> new Upsample2D(f.integer("factor", 2, LARGEST));
			case "Concat" -> new Concat();
			case "Add" -> new Add();
			case "Dense" -> new Dense(f.integer("units", 1, WIDEST), f.bool("bias"));
			case "Flatten" -> new Flatten(f.integer("height", 1, WIDEST), f.integer("width", 1, WIDEST));
			case "GlobalAveragePool2D" -> new GlobalAveragePool2D();
			default -> throw new IllegalArgumentException(f.at() + ": this Glia has no layer '" + name + "'");
		};
	}

	private static float between(final Fields f, final String key, final float from, final float to) {
		final float v = f.single(key);
		if (!(v >= from && v <= to)) throw new IllegalArgumentException(f.at() + "." + key + ": expected a number from " + from + " to " + to + ", found " +
			v);
		return v;
	}

	/** Computes sizes only, in long, so that a lying file is found out before anything is allocated. */
	private static Graph checked(final Graph graph) {
		try {
			long weights = 0;
			for (final Map.Entry<String, WeightSpec> e : graph.weights().entrySet()) {
				if (e.getValue().shape().stream().anyMatch(s -> s < 1)) throw new IllegalArgumentException("graph: '" + e.getKey() + "' cannot have the shape " +
					e.getValue().shape());
				weights += e.getValue().length();
			}
			if (weights > MOST_WEIGHTS) throw new IllegalArgumentException("graph: " + weights + " weights are too many");
			final int multiple = FieldOfView.multiple(graph);
			if (multiple > GREATEST_MULTIPLE) throw new IllegalArgumentException("graph: asks for image sizes that are multiples of " + multiple);
			if (graph.imageSize().isPresent()) return graph; // and its shapes fit
			// without zeros at the border, which sizes fit is more than a multiple can say
			if (graph.nodes().stream().anyMatch(n -> n.layer() instanceof Conv2D c && c.padding() == Padding.VALID)) return graph;
			final int size = graph.readsWholeImage() ? multiple : FieldOfView.of(graph).padded(2 * FieldOfView.of(graph).halo() + multiple);
			graph.shapes(size, size);
			return graph;
		}
		catch (final ArithmeticException e) {
			throw new IllegalArgumentException("graph: its sizes are too large for any image", e);
		}
	}
}
