/**
 * Between ImageJ and plain arrays: open images, folders of pairs, masks, label images and ROIs become {@link sc.fiji.glia.data.Samples};
 * predictions become images, ROIs, overlays and tables. Also the geometry of tiles.
 * <p>
 * May depend on java.base, java.desktop (pictures), ImageJ 1 ({@code ij}), imglib2 (in {@link sc.fiji.glia.image.ImgSamples} alone, which plain
 * ImageJ never loads), data and engine. Never shows a window, never asks, never reports through {@code IJ.error}: it throws.
 * <p>
 * A <em>plane</em> is one z and t position with all its channels. Planes are counted from 0, z first: {@code plane = t * slices + z}.
 */
package sc.fiji.glia.image;
