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
package sc.fiji.glia.image;

import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;

import ij.ImagePlus;
import ij.io.FileInfo;
import ij.io.Opener;
import ij.io.TiffDecoder;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;

/** A TIFF, PNG, JPEG, BMP or GIF file, known by its content, not by its extension. */
final class PictureFile {

	/** What the first bytes of a file tell. */
	enum Format {
		TIFF, PNG, JPEG, BMP, GIF, OTHER
	}

	/**
	 * What is known without reading pixels.
	 *
	 * @param planes number of z and t positions
	 * @param channels number of channels, 3 for RGB
	 */
	record Header(int planes, int channels) {}

	private static final Pattern CHANNELS = Pattern.compile("(?m)^channels=(\\d+)");

	private PictureFile() {}

	/** @throws UncheckedIOException if the file cannot be read */
	static Format format(final Path file) {
		final byte[] b;
		try (InputStream in = Files.newInputStream(file)) {
			b = in.readNBytes(8);
		}
		catch (final IOException e) {
			throw unreadable(file, e);
		}
		final String s = new String(b, StandardCharsets.ISO_8859_1);
		if (s.startsWith("II*\0") || s.startsWith("MM\0*")) return Format.TIFF;
		if (s.startsWith("\u0089PNG")) return Format.PNG;
		if (s.startsWith("\u00ff\u00d8\u00ff")) return Format.JPEG;
		if (s.startsWith("GIF8")) return Format.GIF;
		if (s.startsWith("BM")) return Format.BMP;
		return Format.OTHER;
	}

	/** @throws UncheckedIOException if the file cannot be read */
	static Header header(final Path file) {
		try {
			return format(file) == Format.TIFF ? tiffHeader(file) : pictureHeader(file);
		}
		catch (final IOException e) {
			throw unreadable(file, e);
		}
	}

	private static Header tiffHeader(final Path file) throws IOException {
		final FileInfo[] info = tiffInfo(file);
		final FileInfo first = info[0];
		final int images = info.length > 1 ? info.length : Math.max(1, first.nImages);
		final Matcher m = CHANNELS.matcher(first.description == null ? "" : first.description);
		final int declared = m.find() ? Integer.parseInt(m.group(1)) : 1;
		final int channels = declared > 0 && images % declared == 0 ? declared : 1;
		final boolean rgb = first.samplesPerPixel == 3 || first.fileType == FileInfo.RGB || first.fileType == FileInfo.RGB_PLANAR ||
			first.fileType == FileInfo.RGB48;
		return new Header(images / channels, rgb ? 3 : channels);
	}

	private static FileInfo[] tiffInfo(final Path file) throws IOException {
		final FileInfo[] info = new TiffDecoder(directory(file), file.getFileName().toString()).getTiffInfo();
		if (info == null || info.length == 0) throw new IOException("it holds no image");
		return info;
	}

	private static Header pictureHeader(final Path file) throws IOException {
		try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
			final Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
			if (!readers.hasNext()) throw new IOException("it is no TIFF, PNG, JPEG, BMP or GIF file");
			final ImageReader reader = readers.next();
			try {
				reader.setInput(in);
				final ImageTypeSpecifier raw = reader.getRawImageType(0);
				final Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
				final ImageTypeSpecifier type = raw != null || !types.hasNext() ? raw : types.next();
				if (type == null) return new Header(1, 3);
				if (type.getColorModel() instanceof IndexColorModel palette) return new Header(1, isGray(palette) ? 1 : 3);
				return new Header(1, type.getNumBands() >= 3 ? 3 : 1);
			}
			finally {
				reader.dispose();
			}
		}
	}

	/**
	 * The file as an image.
	 *
	 * @param asLabels whether a picture with a palette gives the indexes (labels) and not the colours
	 * @throws UncheckedIOException if the file cannot be read
	 */
	static ImagePlus open(final Path file, final boolean asLabels) {
		try {
			return format(file) == Format.TIFF ? openTiff(file) : openPicture(file, asLabels);
		}
		catch (final IOException e) {
			throw unreadable(file, e);
		}
	}

	private static ImagePlus openTiff(final Path file) throws IOException {
		final FileInfo[] info = tiffInfo(file);
		// NB: ImageJ pads what a truncated file lacks with zeros, and only logs it
		final long needed = info.length == 1 && info[0].compression == FileInfo.COMPRESSION_NONE ? info[0].getOffset() + (long) info[0].width *
			info[0].height * info[0].getBytesPerPixel() * Math.max(1, info[0].nImages) : 0;
		if (Files.size(file) < needed) throw new IOException("it is truncated: " + needed + " bytes expected, " + Files.size(file) + " found");
		final Opener opener = new Opener();
		opener.setSilentMode(true);
		final ImagePlus imp = opener.openTiff(directory(file), file.getFileName().toString());
		if (imp == null) throw new IOException("this kind of TIFF cannot be opened");
		return imp;
	}

	private static ImagePlus openPicture(final Path file, final boolean asLabels) throws IOException {
		return new ImagePlus(file.getFileName().toString(), processor(read(file), asLabels));
	}

	private static BufferedImage read(final Path file) throws IOException {
		try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
			final Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
			if (!readers.hasNext()) throw new IOException("it is no TIFF, PNG, JPEG, BMP or GIF file");
			final ImageReader reader = readers.next();
			// NB: what a truncated JPEG file lacks is filled with gray, and only warned of
			final boolean[] truncated = new boolean[1];
			try {
				reader.addIIOReadWarningListener((source, warning) -> truncated[0] |= warning.contains("premature end"));
				reader.setInput(in, true, true);
				final BufferedImage image = reader.read(0);
				if (truncated[0]) throw new IOException("it is truncated");
				return image;
			}
			finally {
				reader.dispose();
			}
		}
	}

	private static ImageProcessor processor(final BufferedImage image, final boolean asLabels) {
		final int w = image.getWidth(), h = image.getHeight();
		final Raster raster = image.getRaster();
		if (image.getColorModel() instanceof IndexColorModel palette) {
			if (!asLabels && !isGray(palette)) return new ColorProcessor(image);
			final boolean indexes = asLabels || isFullRamp(palette);
			final int[] v = raster.getSamples(0, 0, w, h, 0, (int[]) null);
			final byte[] out = new byte[v.length];
			for (int i = 0; i < out.length; i++) out[i] = (byte) (indexes ? v[i] : palette.getRed(v[i]));
			return new ByteProcessor(w, h, out);
		}
		if (raster.getNumBands() >= 3) return color(image, raster);
		final int[] v = raster.getSamples(0, 0, w, h, 0, (int[]) null);
		if (raster.getSampleModel().getSampleSize(0) <= 8) {
			final byte[] out = new byte[v.length];
			for (int i = 0; i < out.length; i++) out[i] = (byte) v[i];
			return new ByteProcessor(w, h, out);
		}
		final short[] out = new short[v.length];
		for (int i = 0; i < out.length; i++) out[i] = (short) v[i];
		return new ShortProcessor(w, h, out, null);
	}

	/** RGB pixels; straight from their bands where these are bytes of sRGB, which is several times faster. */
	private static ColorProcessor color(final BufferedImage image, final Raster raster) {
		final boolean plain = image.getColorModel() instanceof ComponentColorModel m && m.getColorSpace().isCS_sRGB() && raster.getSampleModel().getSampleSize(
			0) == 8;
		if (!plain) return new ColorProcessor(image);
		final int w = image.getWidth(), h = image.getHeight();
		final int[] v = raster.getSamples(0, 0, w, h, 0, (int[]) null), green = raster.getSamples(0, 0, w, h, 1, (int[]) null), blue = raster.getSamples(0, 0, w,
			h, 2, (int[]) null);
		for (int i = 0; i < v.length; i++) v[i] = v[i] << 16 | green[i] << 8 | blue[i];
		return new ColorProcessor(w, h, v);
	}

	private static boolean isGray(final IndexColorModel palette) {
		for (int i = 0; i < palette.getMapSize(); i++) if (palette.getRed(i) != palette.getGreen(i) || palette.getRed(i) != palette.getBlue(i)) return false;
		return true;
	}

	/** 256 shades of gray, upwards or (inverting LUT) downwards: its indexes are the pixel values. */
	private static boolean isFullRamp(final IndexColorModel palette) {
		boolean up = palette.getMapSize() == 256, down = up;
		for (int i = 0; i < palette.getMapSize(); i++) {
			up &= palette.getRed(i) == i;
			down &= palette.getRed(i) == 255 - i;
		}
		return up || down;
	}

	private static String directory(final Path file) {
		return file.toAbsolutePath().getParent() + File.separator;
	}

	private static UncheckedIOException unreadable(final Path file, final IOException e) {
		return new UncheckedIOException("Cannot read image '" + file + "': " + e.getMessage(), e);
	}
}
