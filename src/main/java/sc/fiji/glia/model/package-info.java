/**
 * The model file: one zip that holds a trained network with everything needed to apply it and to train it again. Its format is
 * described in docs/MODEL-FORMAT.md.
 * <p>
 * Depends on engine, data, gson and the JDK. Knows nothing of ImageJ.
 */
package sc.fiji.glia.model;
