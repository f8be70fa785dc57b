/**
 * Plain ImageJ: {@code plugins.config} points here. Renders a task's settings as a dialog, reads a macro's options, shows what comes out.
 * <p>
 * Depends on ij, ui and task; never on SciJava or imglib2, which plain ImageJ does not have.
 */
package sc.fiji.glia.ij1;
