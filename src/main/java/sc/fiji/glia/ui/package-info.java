/**
 * What a user sees of a training: a window with live curves, and the same news as lines of text.
 * <p>
 * May depend on: ij, Swing and AWT, {@link sc.fiji.glia.task}, {@link sc.fiji.glia.data}, {@link sc.fiji.glia.engine.train}. Used by command and ij1
 * only. The training thread writes its news to fields; the event thread reads them ten times a second. Neither waits for the other.
 */
package sc.fiji.glia.ui;
