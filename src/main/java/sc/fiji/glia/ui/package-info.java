/**
 * The tasks as both fronts offer them: {@link sc.fiji.glia.ui.UserTask} runs one for someone at ImageJ, {@link sc.fiji.glia.ui.MacroCall} is what a
 * macro asks of it, {@link sc.fiji.glia.ui.Failure} says what went wrong. And what a user sees of a training: a window with live curves, or the same
 * news as lines of text.
 * <p>
 * Depends on ij, Swing and AWT, {@link sc.fiji.glia.task}, {@link sc.fiji.glia.data}, {@link sc.fiji.glia.engine.train}. Used by command and ij1
 * only. The training thread writes its news to fields; the event thread reads them ten times a second. Neither waits for the other.
 */
package sc.fiji.glia.ui;
