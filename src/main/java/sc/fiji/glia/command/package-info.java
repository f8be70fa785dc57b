/**
 * SciJava commands: what Fiji shows in its menu and dialogs, and what scripts call through {@code CommandService}. The parameters of each command
 * are the settings of its task, under the same names; {@link sc.fiji.glia.command.MacroInputs} reads a macro's options.
 * <p>
 * Depends on scijava-common, ij, ui and task.
 */
package sc.fiji.glia.command;
