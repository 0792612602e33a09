package nl.doorbraak.support;

import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

import com.openhtmltopdf.extend.FSObjectDrawer;
import com.openhtmltopdf.extend.FSObjectDrawerFactory;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import org.w3c.dom.Element;

import org.springframework.core.io.ClassPathResource;

/**
 * XHTML as a PDF that a screen reader can read (PDF/UA-1) and an archive can keep
 * (PDF/A-2a), with its fonts in it. It fetches nothing: pictures are drawn here.
 */
public final class AccessiblePdf {

	private static final int REGULAR = 400;

	private static final int BOLD = 700;

	/** The canvas ends a little before its width. */
	private static final double WITHIN = 0.98;

	/** What red is, for who opens it in many years. */
	private static final byte[] COLOURS = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();

	private AccessiblePdf() {
	}

	public static byte[] of(String xhtml) {
		return of(xhtml, Map.of());
	}

	/**
	 * The same with pictures, where an {@code object} with an {@code alt} names one in
	 * its {@code data}.
	 */
	public static byte[] of(String xhtml, Map<String, Picture> pictures) {
		try (ByteArrayOutputStream pdf = new ByteArrayOutputStream()) {
			PdfRendererBuilder builder = new PdfRendererBuilder();
			builder.usePdfUaAccessibility(true);
			builder.usePdfAConformance(PdfRendererBuilder.PdfAConformance.PDFA_2_A);
			builder.useColorProfile(COLOURS);
			builder.useUriResolver((base, uri) -> null);
			font(builder, "LiberationSans-Regular.ttf", REGULAR);
			font(builder, "LiberationSans-Bold.ttf", BOLD);
			builder.useObjectDrawerFactory(new Drawers(pictures));
			builder.withHtmlContent(xhtml, null);
			builder.toStream(pdf);
			builder.run();
			return pdf.toByteArray();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void font(PdfRendererBuilder builder, String file, int weight) {
		builder.useFont(() -> font(file), "Liberation Sans", weight, FontStyle.NORMAL, true);
	}

	/** The font of every PDF. */
	public static InputStream font(String file) {
		try {
			return new ClassPathResource("liberation/" + file).getInputStream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Something to draw in units of its own.
	 *
	 * @param width in these units
	 * @param height in these units
	 */
	public record Picture(double width, double height, Drawing drawing) {

		/** Draws within width and height, on any canvas. */
		@FunctionalInterface
		public interface Drawing {

			void on(Graphics2D canvas);

		}

	}

	private record Drawers(Map<String, Picture> pictures) implements FSObjectDrawerFactory {

		@Override
		public boolean isReplacedObject(Element element) {
			return this.pictures.containsKey(element.getAttribute("data"));
		}

		@Override
		public FSObjectDrawer createDrawer(Element element) {
			Picture picture = Objects.requireNonNull(this.pictures.get(element.getAttribute("data")));
			return (each, x, y, width, height, device, context, dots) -> {
				device.drawWithGraphics((float) x, (float) y, (float) width / dots, (float) height / dots, (canvas) -> {
					double scale = WITHIN * Math.min(width / dots / picture.width(), height / dots / picture.height());
					canvas.scale(scale, scale);
					picture.drawing().on(canvas);
				});
				return Map.of();
			};
		}

	}

}
