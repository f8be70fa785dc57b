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
package sc.fiji.glia.image;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Opens pictures, and keeps stacks that were opened in an eighth of the memory. Safe for several threads. */
final class PictureCache {

	/** Share of the memory of the virtual machine that stacks are kept in. */
	private static final double CACHED = 0.125;

	/** Stacks that were opened, the one not used for longest first; guards itself. */
	private final Map<Path, ImagePlanes> cache = new LinkedHashMap<>(16, 0.75f, true);

	/**
	 * The planes of a file.
	 *
	 * @param asLabels whether palettes give indexes and calibration is left out
	 * @throws java.io.UncheckedIOException if the file cannot be read
	 */
	ImagePlanes open(final Path file, final boolean asLabels) {
		synchronized (cache) {
			final ImagePlanes cached = cache.get(file);
			if (cached != null) return cached;
		}
		final ImagePlanes opened = new ImagePlanes(PictureFile.open(file, asLabels), !asLabels);
		if (opened.size() > 1) synchronized (cache) {
			cache.put(file, opened);
			long bytes = cache.values().stream().mapToLong(ImagePlanes::bytes).sum();
			for (final Iterator<ImagePlanes> oldest = cache.values().iterator(); bytes > CACHED * Runtime.getRuntime().maxMemory() && cache.size() > 2;) {
				bytes -= oldest.next().bytes();
				oldest.remove();
			}
		}
		return opened;
	}
}
