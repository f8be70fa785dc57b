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

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import sc.fiji.glia.data.Fingerprint;
import sc.fiji.glia.data.Fingerprint.Size;
import sc.fiji.glia.data.Normalization;
import sc.fiji.glia.data.Normalization.Method;
import sc.fiji.glia.data.Normalization.Scope;

/** What the data package knows of images, as JSON. */
final class DataJson {

	private DataJson() {}

	static JsonObject write(final Normalization n) {
		final JsonObject o = new JsonObject();
		o.addProperty("method", Fields.name(n.method()));
		o.addProperty("scope", Fields.name(n.scope()));
		o.addProperty("non_zero", n.nonZero());
		o.add("offset", Fields.realArray(n.offset()));
		o.add("scale", Fields.realArray(n.scale()));
		return o;
	}

	/** @param channels channels of the image, for which there must be constants if there are any */
	static Normalization normalization(final Fields f, final int channels) {
		final Normalization n = new Normalization(f.constant("method", Method.values()), f.constant("scope", Scope.values()), f.bool("non_zero"), f.reals(
			"offset"), f.reals("scale"));
		if (n.scope() == Scope.DATASET && n.scale().size() != channels) throw new IllegalArgumentException(f.at() + ".scale: expected " + channels +
			" numbers, one for each channel, found " + n.scale().size());
		return n;
	}

	static JsonObject write(final Fingerprint p) {
		final JsonObject o = new JsonObject();
		o.addProperty("samples", p.samples());
		o.addProperty("groups", p.groups());
		o.add("width", size(p.width()));
		o.add("height", size(p.height()));
		o.addProperty("channels", p.channels());
		o.addProperty("classes", p.classes());
		final JsonArray pixels = new JsonArray();
		p.pixels().forEach(pixels::add);
		o.add("pixels", pixels);
		o.addProperty("ignored", p.ignored());
		o.add("foreground_share", Fields.number(p.foregroundShare()));
		o.add("foreground_sample_share", Fields.number(p.foregroundSampleShare()));
		o.add("minimum", Fields.realArray(p.minimum()));
		o.add("maximum", Fields.realArray(p.maximum()));
		o.add("mean", Fields.realArray(p.mean()));
		o.add("deviation", Fields.realArray(p.deviation()));
		o.add("deviation_of_means", Fields.realArray(p.deviationOfMeans()));
		o.addProperty("zero_background", p.zeroBackground());
		o.add("object_diameter", Fields.number(p.objectDiameter()));
		o.addProperty("sha256", p.sha256());
		return o;
	}

	static Fingerprint fingerprint(final Fields f) {
		return new Fingerprint(count(f, "samples"), count(f, "groups"), size(f.object("width")), size(f.object("height")), count(f, "channels"), count(f,
			"classes"), f.list("pixels", e -> Fields.whole(f.at() + ".pixels", e)), f.whole("ignored", 0), f.real("foreground_share", 0), f.real(
				"foreground_sample_share", 0), f.reals("minimum"), f.reals("maximum"), f.reals("mean"), f.reals("deviation"), f.reals("deviation_of_means"), f
					.has("zero_background") && f.bool("zero_background"), f.real("object_diameter", 0), f.string("sha256", ""));
	}

	private static JsonElement size(final Size s) {
		final JsonObject o = new JsonObject();
		o.addProperty("min", s.min());
		o.addProperty("median", s.median());
		o.addProperty("max", s.max());
		return o;
	}

	private static Size size(final Fields f) {
		return new Size(count(f, "min"), count(f, "median"), count(f, "max"));
	}

	/** A count; 0 if it is missing. */
	private static int count(final Fields f, final String key) {
		return f.has(key) ? f.integer(key, 0, Integer.MAX_VALUE) : 0;
	}
}
