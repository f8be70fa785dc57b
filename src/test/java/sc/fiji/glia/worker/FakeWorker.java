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
package sc.fiji.glia.worker;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import sc.fiji.glia.engine.train.EpochRecord;

/** Workers that behave badly. */
public final class FakeWorker {

	private FakeWorker() {}

	/** The command for one of them. */
	static List<String> command(final String behaviour) {
		return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", System.getProperty("java.class.path"), FakeWorker.class
			.getName(), behaviour);
	}

	public static void main(final String... args) throws IOException, InterruptedException {
		final DataOutputStream out = new DataOutputStream(System.out);
		switch (args[0]) {
			case "old" -> Message.of(new Message.Hello(Message.VERSION - 1, "", "")).write(out);
			case "chatty" -> System.out.println("Picked up some options, and here they are");
			case "dying" -> {
				System.err.println("Error occurred during initialization of boot layer");
				System.exit(1);
			}
			case "deaf" -> deaf(out);
			case "unready" -> {
				Message.of(new Message.Hello(Message.VERSION, "", "")).write(out);
				Message.of(new Message.Failed(0, new Failure(Failure.Kind.FILE, "Cannot map the images", ""))).write(out);
			}
			default -> {}
		}
		Thread.sleep(60_000);
	}

	/** Ends an epoch and then hears nothing. */
	private static void deaf(final DataOutputStream out) throws IOException {
		final DataInputStream in = new DataInputStream(new BufferedInputStream(System.in));
		Message.of(new Message.Hello(Message.VERSION, "deaf", "")).write(out);
		final Optional<Message> train = Message.read(in);
		Message.of(new Message.Ready()).write(out);
		Message.read(in);
		new Message(new Message.EpochEnded(new EpochRecord(1, 0, 0.5, 0.5, 0.5, 0.5, 1, true)), train.orElseThrow().arrays().stream().map(a -> new float[a.length])
			.toList()).write(out);
	}
}
