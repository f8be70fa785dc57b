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
package sc.fiji.glia;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;

import sc.fiji.glia.compute.planted.ComputationThatStartsAProcess;
import sc.fiji.glia.engine.planted.EngineThatDraws;
import sc.fiji.glia.engine.planted.EngineThatKnowsData;
import sc.fiji.glia.engine.planted.EngineThatReadsFiles;
import sc.fiji.glia.engine.planted.EngineThatVectorises;
import sc.fiji.glia.image.Tiles;
import sc.fiji.glia.task.planted.TaskThatKnowsSciJava;
import sc.fiji.glia.task.planted.TaskThatKnowsWindows;
import sc.fiji.glia.worker.planted.WorkerThatKnowsImageJ;

/** Holds the arrows of docs/ARCHITECTURE.md, and shows that each rule bites when something is planted. */
class ArchitectureTest {

	private static final String ROOT = "sc.fiji.glia.";

	private static final JavaClasses PROJECT = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("sc.fiji.glia");

	private static final ArchRule ENGINE_IS_PURE = classes().that().resideInAPackage(ROOT + "engine..").should().onlyDependOnClassesThat(
		resideInAnyPackage(ROOT + "engine..", "java..", "jdk.incubator.vector..")).because("the engine runs on the JDK alone");

	private static final ArchRule ENGINE_IS_ALONE = noClasses().that().resideInAPackage(ROOT + "engine..").should().dependOnClassesThat(
		resideInAnyPackage("java.awt..", "javax..", "java.io..", "java.nio.file..", "java.util.logging..", "java.net..")).because(
			"the engine knows no screen, no files, no log");

	private static final ArchRule VECTOR_ONLY_IN_KERNELS = noClasses().that().resideOutsideOfPackage(ROOT + "engine.kernel..").should()
		.dependOnClassesThat(resideInAPackage("jdk.incubator.vector..")).because("without that module everything else must load");

	private static final ArchRule SCIJAVA_ONLY_IN_COMMANDS = noClasses().that().resideOutsideOfPackage(ROOT + "command..").should()
		.dependOnClassesThat(resideInAPackage("org.scijava..")).because("plain ImageJ has no SciJava");

	private static final ArchRule IMGLIB_ONLY_IN_IMAGE = noClasses().that().resideOutsideOfPackage(ROOT + "image..").should().dependOnClassesThat(
		resideInAPackage("net.imglib2..")).because("plain ImageJ has no imglib2");

	private static final ArchRule WORKER_WITHOUT_IMAGEJ = noClasses().that().resideInAnyPackage(ROOT + "worker..", ROOT + "compute..", ROOT + "data..",
		ROOT + "model..", ROOT + "engine..").should().dependOnClassesThat(resideInAnyPackage("ij..", "java.awt..", "javax.swing..")).because(
			"ImageJ is not on the class path of the worker process");

	private static final ArchRule PROCESSES_ONLY_IN_WORKER = noClasses().that().resideOutsideOfPackage(ROOT + "worker..").should().dependOnClassesThat(
		belongToAnyOf(Process.class, ProcessBuilder.class, ProcessHandle.class)).because("one package starts processes, and ends them");

	private static final ArchRule COMPUTE_TAKES_ONLY_TILES = noClasses().that().resideInAPackage(ROOT + "compute..").should().dependOnClassesThat(
		resideInAPackage(ROOT + "image..").and(not(belongToAnyOf(Tiles.class)))).because("most of image needs ImageJ");

	private static final ArchRule DATA_LOOKS_AT = looksAt("data", "engine");
	private static final ArchRule MODEL_LOOKS_AT = looksAt("model", "data", "engine");
	private static final ArchRule IMAGE_LOOKS_AT = looksAt("image", "data", "engine");
	private static final ArchRule COMPUTE_LOOKS_AT = looksAt("compute", "image", "data", "engine");
	private static final ArchRule WORKER_LOOKS_AT = looksAt("worker", "compute", "data", "model", "engine");
	private static final ArchRule TASK_LOOKS_AT = looksAt("task", "worker", "compute", "image", "data", "model", "engine");
	private static final ArchRule UI_LOOKS_AT = looksAt("ui", "task", "data", "engine");
	private static final ArchRule COMMAND_LOOKS_AT = looksAt("command", "ui", "task");
	private static final ArchRule IJ1_LOOKS_AT = looksAt("ij1", "ui", "task");

	private static final ArchRule NO_CYCLES = slices().matching(ROOT + "(**)").should().beFreeOfCycles();

	/** Classes of one package know of this project only themselves and what is named. */
	private static ArchRule looksAt(final String name, final String... below) {
		final String[] known = Stream.concat(Stream.of(name), Arrays.stream(below)).map(p -> ROOT + p + "..").toArray(String[]::new);
		return classes().that().resideInAPackage(ROOT + name + "..").should().onlyDependOnClassesThat(resideOutsideOfPackage("sc.fiji.glia..").or(
			resideInAnyPackage(known)));
	}

	@TestFactory
	Stream<DynamicTest> rulesHold() {
		return Stream.of(ENGINE_IS_PURE, ENGINE_IS_ALONE, VECTOR_ONLY_IN_KERNELS, SCIJAVA_ONLY_IN_COMMANDS, IMGLIB_ONLY_IN_IMAGE, DATA_LOOKS_AT,
			MODEL_LOOKS_AT, IMAGE_LOOKS_AT, COMPUTE_LOOKS_AT, WORKER_LOOKS_AT, WORKER_WITHOUT_IMAGEJ, PROCESSES_ONLY_IN_WORKER, COMPUTE_TAKES_ONLY_TILES, TASK_LOOKS_AT, UI_LOOKS_AT, COMMAND_LOOKS_AT, IJ1_LOOKS_AT, NO_CYCLES).map(rule -> DynamicTest.dynamicTest(
				rule.getDescription(), () -> rule.allowEmptyShould(true).check(PROJECT)));
	}

	@Test
	void everyPackageIsHeld() {
		classes().should().resideInAnyPackage(Stream.of("engine", "data", "model", "image", "compute", "worker", "task", "ui", "command", "ij1").map(p -> ROOT + p + "..")
			.toArray(String[]::new)).check(PROJECT);
	}

	@Test
	void rulesBiteWhenSomethingIsPlanted() {
		assertBites(ENGINE_IS_PURE, EngineThatDraws.class);
		assertBites(ENGINE_IS_PURE, EngineThatKnowsData.class);
		assertBites(ENGINE_IS_ALONE, EngineThatReadsFiles.class);
		assertBites(VECTOR_ONLY_IN_KERNELS, EngineThatVectorises.class);
		assertBites(SCIJAVA_ONLY_IN_COMMANDS, TaskThatKnowsSciJava.class);
		assertBites(IMGLIB_ONLY_IN_IMAGE, TaskThatKnowsSciJava.class);
		assertBites(TASK_LOOKS_AT, TaskThatKnowsWindows.class);
		assertBites(WORKER_LOOKS_AT, WorkerThatKnowsImageJ.class);
		assertBites(WORKER_WITHOUT_IMAGEJ, WorkerThatKnowsImageJ.class);
		assertBites(COMPUTE_TAKES_ONLY_TILES, ComputationThatStartsAProcess.class);
		assertBites(PROCESSES_ONLY_IN_WORKER, ComputationThatStartsAProcess.class);
		assertBites(NO_CYCLES, EngineThatKnowsData.class, sc.fiji.glia.data.planted.DataThatKnowsThePlant.class);
	}

	private static void assertBites(final ArchRule rule, final Class<?>... planted) {
		assertTrue(rule.evaluate(new ClassFileImporter().importClasses(planted)).hasViolation(), () -> "Nothing said of " + Arrays.toString(planted) +
			" by: " + rule.getDescription());
	}
}
