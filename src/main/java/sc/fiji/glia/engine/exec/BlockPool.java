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
package sc.fiji.glia.engine.exec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import sc.fiji.glia.engine.graph.Shape;

/** Numbers for blocks of memory, of which those given back are given out again to whoever needs one of the same kind. */
final class BlockPool {

	/**
	 * Memory for one image.
	 *
	 * @param shape one channel's shape, or a vector's
	 * @param isVector whether it holds a vector
	 */
	record Block(Shape shape, boolean isVector) {}

	private final List<Block> blocks = new ArrayList<>();
	private final Map<Block, Deque<Integer>> free = new HashMap<>();

	/** All blocks so far, by number. */
	List<Block> all() {
		return Collections.unmodifiableList(blocks);
	}

	/** Blocks of a kind that nobody else has; what is in them is undefined. */
	int[] take(final Block kind, final int count) {
		final Deque<Integer> spare = free.computeIfAbsent(kind, k -> new ArrayDeque<>());
		final int[] ids = new int[count];
		for (int b = 0; b < count; b++) {
			if (spare.isEmpty()) {
				ids[b] = blocks.size();
				blocks.add(kind);
			}
			else ids[b] = spare.pop();
		}
		return ids;
	}

	/** Gives blocks back that nobody needs any more. */
	void release(final int[] ids) {
		for (final int id : ids) free.get(blocks.get(id)).push(id);
	}
}
