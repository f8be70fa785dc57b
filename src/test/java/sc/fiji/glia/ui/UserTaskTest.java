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
