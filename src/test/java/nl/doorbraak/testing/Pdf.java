package nl.doorbraak.testing;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.imageio.ImageIO;

import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.validation.profiles.Profiles;

/** What a PDF says, and whether everybody can read it. */
public final class Pdf {

	private static final int DPI = 80;

	private Pdf() {
	}

	/** Its text, in the order in which it is read aloud. */
	public static String text(byte[] pdf) throws IOException {
		try (PDDocument document = Loader.loadPDF(pdf)) {
			return new PDFTextStripper().getText(document);
		}
	}

	/**
	 * What is against PDF/UA-1 or PDF/A-2a according to veraPDF; empty when nothing is.
	 */
	public static List<String> barriers(byte[] pdf) throws Exception {
		VeraGreenfieldFoundryProvider.initialise();
		List<String> barriers = new ArrayList<>(against("PDFUA-1", PDFAFlavour.PDFUA_1, pdf));
		barriers.addAll(against("PDFA-2A", PDFAFlavour.PDFA_2_A, pdf));
		return barriers;
	}

	private static List<String> against(String profile, PDFAFlavour flavour, byte[] pdf) throws Exception {
		try (InputStream rules = Profiles.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + profile + ".xml");
				PDFAParser parser = Foundries.defaultInstance().createParser(new ByteArrayInputStream(pdf), flavour)) {
			return Foundries.defaultInstance()
				.createValidator(Profiles.profileFromXml(rules), false)
				.validate(parser)
				.getTestAssertions()
				.stream()
				.filter((each) -> each.getStatus() == TestAssertion.Status.FAILED)
				.map((each) -> each.getRuleId().getClause() + ": " + each.getMessage())
				.distinct()
				.toList();
		}
	}

	/** Its pages as pictures, to be looked at; made with {@code -Dscreenshots} only. */
	public static void pictures(byte[] pdf, Path folder) throws IOException {
		if (!Screen.PICTURES) {
			return;
		}
		Files.createDirectories(folder);
		try (PDDocument document = Loader.loadPDF(pdf)) {
			PDFRenderer renderer = new PDFRenderer(document);
			for (int i = 0; i < document.getNumberOfPages(); i++) {
				BufferedImage page = renderer.renderImageWithDPI(i, DPI);
				ImageIO.write(page, "png", folder.resolve(String.format("%02d.png", i + 1)).toFile());
			}
		}
	}

}
