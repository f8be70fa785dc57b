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
package sc.fiji.glia.engine.parity;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.bytedeco.pytorch.global.torch;

import sc.fiji.glia.engine.kernel.KernelProvider;
import sc.fiji.glia.engine.kernel.Kernels;

/**
 * Writes the golden numbers of all {@link ParityCase}s with libtorch in double precision into the folder given, and prints how far
 * libtorch in single precision and our kernels are from them: the largest relative error among the arrays of each kind.
 */
public final class WriteGoldenNumbers {

	private WriteGoldenNumbers() {}

	public static void main(final String[] args) throws IOException {
		for (final ParityCase c : ParityCase.all()) {
			final GoldenNumbers golden = GoldenNumbers.of(c, TorchNumbers.of(c, torch.ScalarType.Double));
			final Path file = Path.of(args[0], c.id() + ".bin");
			Files.createDirectories(file.getParent());
			try (OutputStream out = Files.newOutputStream(file)) {
				golden.write(out);
			}
			System.out.println(c.id() + ": " + Files.size(file) + " bytes");
			print("libtorch", golden, TorchNumbers.of(c, torch.ScalarType.Float));
			for (final Kernels k : KernelProvider.available()) {
				try {
					print(k.name(), golden, OurNumbers.of(c, k));
				}
				catch (final IllegalStateException e) {
					System.out.println("  " + k.name() + ": " + e.getMessage());
				}
			}
		}
	}

	private static void print(final String engine, final GoldenNumbers golden, final Map<String, double[]> numbers) {
		final Map<String, Double> largest = new LinkedHashMap<>();
		golden.arrays().forEach((name, array) -> {
			final String kind = name.contains(".") && !name.endsWith("losses") ? name.substring(0, name.indexOf('.')) : name;
			largest.merge(kind, array.error(numbers.get(name)), Math::max);
		});
		System.out.print("  " + engine + ":");
		largest.forEach((kind, error) -> System.out.printf(Locale.ROOT, " %s %.1e", kind, error));
		System.out.println();
	}
}
