package nl.doorbraak.support;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.Map;

import nl.doorbraak.support.AccessiblePdf.Picture;
import nl.doorbraak.testing.Pdf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class AccessiblePdfTest {

	private static final String PAGE = """
			<html lang="nl"><head><title>Verslag</title><meta name="description" content="Verslag"/>
			<style>body { font-family: "Liberation Sans"; }</style></head><body><h1>Verslag</h1>
			<p>Eerst dit, dan dat.</p>
			<table><thead><tr><th scope="col">Wie</th></tr></thead><tbody><tr><td>Anna</td></tr></tbody></table>
			<object data="square" alt="Een vierkant" style="width: 20mm; height: 20mm"></object></body></html>""";

	private static final Map<String, Picture> PICTURES = Map.of("square", new Picture(10, 10, (canvas) -> {
		canvas.setColor(Color.BLUE);
		canvas.fill(new Rectangle2D.Double(1, 1, 8, 8));
	}));

	@Test
	void everybodyCanReadIt() throws Exception {
		byte[] pdf = AccessiblePdf.of(PAGE, PICTURES);
		assertThat(Pdf.barriers(pdf)).isEmpty();
		assertThat(Pdf.text(pdf)).contains("Eerst dit, dan dat.", "Anna");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			<title>Verslag</title>     |
			alt="Een vierkant"         |
			<h1>Verslag</h1>           | <h1>Verslag</h1><h4>Te diep</h4>""")
	void barrierIsSeen(String good, String bad) throws Exception {
		String worse = PAGE.replace(good, (bad != null) ? bad : "");
		assertThat(worse).isNotEqualTo(PAGE);
		assertThat(Pdf.barriers(AccessiblePdf.of(worse, PICTURES))).isNotEmpty();
	}

}
