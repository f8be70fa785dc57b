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
package sc.fiji.glia.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

class UserTaskTest {

	@Test
	void oneTrainingAtATime() throws InterruptedException {
		final CountDownLatch begun = new CountDownLatch(1), goOn = new CountDownLatch(1);
		final List<String> done = new ArrayList<>();
		final Thread first = new Thread(() -> UserTask.exclusively(() -> {
			begun.countDown();
			try {
				goOn.await(10, TimeUnit.SECONDS);
			}
			catch (final InterruptedException e) {
				throw new IllegalStateException(e);
			}
			done.add("first");
		}));
		first.start();
		assertTrue(begun.await(10, TimeUnit.SECONDS));
		final IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> UserTask.exclusively(() -> done.add("second")));
		assertEquals("Another training is running. Wait for its end, or finish it in its window, and try again", e.getMessage());
		goOn.countDown();
		first.join();
		UserTask.exclusively(() -> done.add("third"));
		assertEquals(List.of("first", "third"), done);
	}

	@Test
	void whatHasToWaitSaysSoBeforeItBegins() {
		UserTask.exclusively(() -> {
			for (final UserTask t : List.of(UserTask.TRAIN, UserTask.TRAIN_CLASSIFICATION, UserTask.BENCHMARK)) assertThrows(IllegalArgumentException.class,
				t::requireFree, t.name());
			UserTask.SEGMENT.requireFree();
		});
		UserTask.ALL.forEach(UserTask::requireFree);
	}

	@Test
	void aTrainingThatFailsDoesNotBlockTheNext() {
		assertThrows(IllegalStateException.class, () -> UserTask.exclusively(() -> {
			throw new IllegalStateException("a defect");
		}));
		final List<String> done = new ArrayList<>();
		UserTask.exclusively(() -> done.add("next"));
		assertEquals(List.of("next"), done);
	}

	@Test
	void tasksHaveNames() {
		for (final UserTask t : UserTask.ALL) assertEquals(t, UserTask.named(t.name()));
		assertThrows(IllegalArgumentException.class, () -> UserTask.named("trian"));
	}
}
