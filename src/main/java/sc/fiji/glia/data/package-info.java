/**
 * Samples as plain arrays: splits by group, normalisation, augmentation, patches, metrics, baselines.
 * <p>
 * Depends on java.base and the engine only. Knows nothing of ImageJ.
 */
package sc.fiji.glia.data;
