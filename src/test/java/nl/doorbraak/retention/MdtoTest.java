package nl.doorbraak.retention;

import java.io.StringReader;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The metadata has the structure of MDTO-XML 1.0. The schema itself is not in this
 * repository, because nothing says under which licence it may be; who has it names it
 * with {@code -Dmdto.xsd=...}, and everything is validated against it too.
 */
class MdtoTest {

	/**
	 * Of each element: what may stand in it, in this order; "!" must, "+" may be many.
	 */
	private static final Map<String, List<String>> STRUCTURE = Map.ofEntries(Map.entry("informatieobject",
			List.of("identificatie!+", "naam!", "aggregatieniveau", "classificatie+", "trefwoord+", "omschrijving+",
					"raadpleeglocatie+", "dekkingInTijd+", "dekkingInRuimte+", "taal+", "event+", "waardering!",
					"bewaartermijn", "informatiecategorie", "isOnderdeelVan+", "bevatOnderdeel+", "heeftRepresentatie+",
					"aanvullendeMetagegevens+", "gerelateerdInformatieobject+", "archiefvormer!", "betrokkene+",
					"activiteit", "beperkingGebruik+")),
			Map.entry("bestand",
					List.of("identificatie!+", "naam!", "omvang!", "bestandsformaat!", "checksum!+", "URLBestand",
							"isRepresentatieVan!")),
			Map.entry("dekkingInTijd",
					List.of("dekkingInTijdType!", "dekkingInTijdBegindatum!", "dekkingInTijdEinddatum")),
			Map.entry("bewaartermijn",
					List.of("termijnTriggerStartLooptijd", "termijnStartdatumLooptijd", "termijnLooptijd",
							"termijnEinddatum")),
			Map.entry("checksum", List.of("checksumAlgoritme!", "checksumWaarde!", "checksumDatum!")),
			Map.entry("beperkingGebruik",
					List.of("beperkingGebruikType!", "beperkingGebruikNadereBeschrijving",
							"beperkingGebruikDocumentatie+", "beperkingGebruikTermijn")),
			Map.entry("identificatie", List.of("identificatieKenmerk!", "identificatieBron!")));

	private static final List<String> IDENTIFIED = List.of("identificatieKenmerk!", "identificatieBron!");

	private static final List<String> REFERENCE = List.of("verwijzingNaam!", "verwijzingIdentificatie");

	private static final List<String> TERM = List.of("begripLabel!", "begripCode", "begripBegrippenlijst!");

	@Test
	void caseItsPartsAndTheirFilesAreDescribed() throws Exception {
		KeptCase.Term term = new KeptCase.Term("withdrawn", 1, 6, "weeks", "closed", "Selectielijst, 8.4.1",
				LocalDate.of(2026, 3, 2), LocalDate.of(2026, 4, 14));
		Mdto.Part part = new Mdto.Part("DB-2026-000042-stuk-7", "Huur & <contract>\u0001", LocalDate.of(2026, 3, 1),
				"a.pdf", "application/pdf", 12, "ab".repeat(32));
		Mdto.Whole whole = new Mdto.Whole("DB-2026-000042", "Ingetrokken", LocalDate.of(2026, 1, 5),
				LocalDate.of(2026, 3, 2), "Gemeente Waterdam", term, List.of(part, part));
		String all = Mdto.of(whole);
		assertValid(all);
		assertThat(all).contains("<termijnLooptijd>P42D<", "<termijnEinddatum>2026-04-13<",
				"<verwijzingNaam>Gemeente Waterdam<");
		assertValid(Mdto.of(whole, part));
		String file = Mdto.ofFile(part, OffsetDateTime.parse("2026-03-03T10:00:00.5+01:00"));
		assertValid(file);
		assertThat(file).contains("<checksumDatum>2026-03-03T10:00:00+01:00<", "<checksumWaarde>" + "ab".repeat(32),
				"Huur &amp; &lt;contract");
		assertThatThrownBy(() -> assertValid(all.replaceFirst("<waardering>.*</waardering>", "")))
			.isInstanceOf(AssertionError.class);
		assertThatThrownBy(() -> assertValid(file.replace("omvang>", "grootte>"))).isInstanceOf(AssertionError.class);
	}

	static void assertValid(String xml) throws Exception {
		DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
		factory.setNamespaceAware(true);
		factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
		Element root = factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml))).getDocumentElement();
		assertThat(root.getLocalName()).isEqualTo("MDTO");
		List<Element> objects = children(root);
		assertThat(objects).hasSize(1);
		assertThat(objects.get(0).getLocalName()).isIn("informatieobject", "bestand");
		assertStructure(objects.get(0));
		String schema = System.getProperty("mdto.xsd");
		if (schema != null) {
			SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
				.newSchema(Path.of(schema).toFile())
				.newValidator()
				.validate(new StreamSource(new StringReader(xml)));
		}
	}

	private static void assertStructure(Element element) {
		assertThat(element.getNamespaceURI()).isEqualTo("https://www.nationaalarchief.nl/mdto");
		List<Element> children = children(element);
		if (children.isEmpty()) {
			assertThat(element.getTextContent()).as(element.getLocalName()).isNotBlank();
			return;
		}
		List<String> names = children.stream().map(Element::getLocalName).toList();
		List<String> allowed = allowed(element.getLocalName(), names);
		int at = 0;
		for (String rule : allowed) {
			String name = rule.replaceAll("[!+]", "");
			int count = 0;
			while (at < names.size() && names.get(at).equals(name)) {
				at++;
				count++;
			}
			assertThat(count).as(name + " in " + names)
				.isBetween(rule.contains("!") ? 1 : 0, rule.contains("+") ? 1000 : 1);
		}
		assertThat(at).as("nothing else in " + names).isEqualTo(names.size());
		children.forEach(MdtoTest::assertStructure);
	}

	private static List<String> allowed(String name, List<String> children) {
		if (STRUCTURE.containsKey(name)) {
			return STRUCTURE.get(name);
		}
		return switch (children.get(0)) {
			case "begripLabel" -> TERM;
			case "identificatieKenmerk" -> IDENTIFIED;
			default -> REFERENCE;
		};
	}

	private static List<Element> children(Element element) {
		return java.util.stream.IntStream.range(0, element.getChildNodes().getLength())
			.mapToObj(element.getChildNodes()::item)
			.filter((node) -> node.getNodeType() == Node.ELEMENT_NODE)
			.map(Element.class::cast)
			.toList();
	}

}
