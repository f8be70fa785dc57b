/**
 * Samples as plain arrays
 * <p>
 * Depends on  splits by group, normalisation, augmentation, patches, metrics, baselines. Knows nothing of ImageJ.:java.base and engine only.
 */
package sc.fiji.glia.data;
