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
package sc.fiji.glia.engine.graph;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;

/**
 * The named arrays of a network, learned ones and running statistics. The arrays are mutable on purpose: training changes them in
 * place. The set of names and the lengths are fixed.
 */
public final class Weights {

	private final Map<String, float[]> arrays;

	/**
	 * @param graph the network
	 * @param arrays one array for each name of {@link Graph#weights()}
	 * @throws IllegalArgumentException if an array is missing, unknown or of another length
	 */
	public Weights(final Graph graph, final Map<String, float[]> arrays) {
		final Map<String, float[]> ordered = new LinkedHashMap<>();
		for (final Entry<String, WeightSpec> e : graph.weights().entrySet()) {
			final float[] a = arrays.get(e.getKey());
			if (a == null) throw new IllegalArgumentException("Weights: the array '" + e.getKey() + "' " + e.getValue().shape() + " is missing");
			if (a.length != e.getValue().length()) throw new IllegalArgumentException("Weights '" + e.getKey() + "': expected " + e.getValue().length() +
				" values for shape " + e.getValue().shape() + ", got " + a.length);
			ordered.put(e.getKey(), a);
		}
		for (final String name : arrays.keySet()) if (!ordered.containsKey(name)) throw new IllegalArgumentException("Weights: the network has no array '" +
			name + "'");
		this.arrays = Collections.unmodifiableMap(ordered);
	}

	/** All arrays by name, in the order of the graph. */
	public Map<String, float[]> arrays() {
		return arrays;
	}

	/** @throws IllegalArgumentException if there is no such array */
	public float[] get(final String name) {
		final float[] a = arrays.get(name);
		if (a == null) throw new IllegalArgumentException("Weights: no array '" + name + "'");
		return a;
	}

	/** Number of values in all arrays. */
	public long count() {
		return arrays.values().stream().mapToLong(a -> a.length).sum();
	}

	/** A copy that shares no array with this one. */
	public Weights copy(final Graph graph) {
		final Map<String, float[]> m = new LinkedHashMap<>();
		arrays.forEach((k, v) -> m.put(k, v.clone()));
		return new Weights(graph, m);
	}

	/** Copies all values of {@code other}, which belongs to the same graph, into the arrays of this. */
	public void set(final Weights other) {
		arrays.forEach((k, v) -> System.arraycopy(other.get(k), 0, v, 0, v.length));
	}
}
