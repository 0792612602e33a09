package nl.doorbraak.retention;

import java.io.StringWriter;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

import org.jspecify.annotations.Nullable;

/**
 * Metadata of what goes to an archive, as MDTO 1.0 of the Nationaal Archief has it: one
 * document for the case, one for each thing in it, one for each file.
 */
final class Mdto {

	static final String NAMESPACE = "https://www.nationaalarchief.nl/mdto";

	private static final String SCHEMA = NAMESPACE + " " + NAMESPACE + "/MDTO-XML1.0.xsd";

	private static final String SOURCE = "Doorbraak";

	private static final String OWN_WORDS = "Begrippenlijsten van MDTO";

	private final StringWriter text = new StringWriter();

	private final XMLStreamWriter xml;

	private Mdto() throws XMLStreamException {
		this.xml = XMLOutputFactory.newFactory().createXMLStreamWriter(this.text);
	}

	/** The case itself. */
	static String of(Whole whole) {
		return write((mdto) -> {
			mdto.begin("informatieobject");
			mdto.identified(whole.number(), "Casus " + whole.number());
			mdto.term("aggregatieniveau", "Zaak", OWN_WORDS);
			mdto.text("omschrijving", "Dossier van een vastgelopen casus; resultaat: " + whole.outcome() + ".");
			mdto.begin("dekkingInTijd");
			mdto.term("dekkingInTijdType", "Looptijd van de zaak", OWN_WORDS);
			mdto.text("dekkingInTijdBegindatum", whole.begunOn().toString());
			mdto.text("dekkingInTijdEinddatum", whole.closedOn().toString());
			mdto.end();
			mdto.text("taal", "nl");
			mdto.kept(whole);
			for (Part part : whole.parts()) {
				mdto.refer("bevatOnderdeel", part.title(), part.id());
			}
			mdto.bounds(whole.organisation());
			mdto.end();
		});
	}

	/** One thing in it, of which there is one file. */
	static String of(Whole whole, Part part) {
		return write((mdto) -> {
			mdto.begin("informatieobject");
			mdto.identified(part.id(), part.title());
			mdto.term("aggregatieniveau", "Archiefstuk", OWN_WORDS);
			if (part.datedOn() != null) {
				mdto.begin("dekkingInTijd");
				mdto.term("dekkingInTijdType", "Datering", OWN_WORDS);
				mdto.text("dekkingInTijdBegindatum", part.datedOn().toString());
				mdto.end();
			}
			mdto.text("taal", "nl");
			mdto.kept(whole);
			mdto.refer("isOnderdeelVan", "Casus " + whole.number(), whole.number());
			mdto.refer("heeftRepresentatie", part.fileName(), part.id() + "-bestand");
			mdto.bounds(whole.organisation());
			mdto.end();
		});
	}

	/** Its file, with what proves that it is whole. */
	static String ofFile(Part part, OffsetDateTime at) {
		return write((mdto) -> {
			mdto.begin("bestand");
			mdto.identified(part.id() + "-bestand", part.fileName());
			mdto.text("omvang", String.valueOf(part.size()));
			mdto.term("bestandsformaat", part.mediaType(), "IANA Media Types");
			mdto.begin("checksum");
			mdto.term("checksumAlgoritme", "SHA-256", OWN_WORDS);
			mdto.text("checksumWaarde", part.sha256());
			mdto.text("checksumDatum",
					DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at.truncatedTo(ChronoUnit.SECONDS)));
			mdto.end();
			mdto.refer("isRepresentatieVan", part.title(), part.id());
			mdto.end();
		});
	}

	private static String write(Content content) {
		try {
			Mdto mdto = new Mdto();
			mdto.xml.writeStartDocument("UTF-8", "1.0");
			mdto.xml.writeStartElement("MDTO");
			mdto.xml.writeDefaultNamespace(NAMESPACE);
			mdto.xml.writeNamespace("xsi", "http://www.w3.org/2001/XMLSchema-instance");
			mdto.xml.writeAttribute("xsi", "http://www.w3.org/2001/XMLSchema-instance", "schemaLocation", SCHEMA);
			content.write(mdto);
			mdto.xml.writeEndDocument();
			mdto.xml.flush();
			return mdto.text.toString();
		}
		catch (XMLStreamException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void begin(String name) throws XMLStreamException {
		this.xml.writeStartElement(name);
	}

	private void end() throws XMLStreamException {
		this.xml.writeEndElement();
	}

	private void text(String name, String value) throws XMLStreamException {
		begin(name);
		this.xml
			.writeCharacters(value.replaceAll("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", " "));
		end();
	}

	private void identified(String id, String name) throws XMLStreamException {
		begin("identificatie");
		text("identificatieKenmerk", id);
		text("identificatieBron", SOURCE);
		end();
		text("naam", name);
	}

	private void term(String name, String label, String list) throws XMLStreamException {
		begin(name);
		text("begripLabel", label);
		begin("begripBegrippenlijst");
		text("verwijzingNaam", list);
		end();
		end();
	}

	private void refer(String name, String called, String id) throws XMLStreamException {
		begin(name);
		text("verwijzingNaam", called);
		begin("verwijzingIdentificatie");
		text("identificatieKenmerk", id);
		text("identificatieBron", SOURCE);
		end();
		end();
	}

	private void kept(Whole whole) throws XMLStreamException {
		KeptCase.Term term = whole.term();
		term("waardering", "Tijdelijk te bewaren", OWN_WORDS);
		begin("bewaartermijn");
		term("termijnTriggerStartLooptijd",
				term.fromClosing() ? "Sluiting van de casus" : "Laatste wijziging in het dossier", SOURCE);
		text("termijnStartdatumLooptijd", term.startsOn().toString());
		text("termijnLooptijd",
				term.unit().equals("years") ? "P" + term.amount() + "Y" : "P" + 7 * term.amount() + "D");
		text("termijnEinddatum", term.day().minusDays(1).toString());
		end();
		term("informatiecategorie", term.source(), "Selectielijst gemeenten en intergemeentelijke organen 2020");
	}

	private void bounds(String organisation) throws XMLStreamException {
		begin("archiefvormer");
		text("verwijzingNaam", organisation);
		end();
		begin("beperkingGebruik");
		term("beperkingGebruikType", "Persoonlijke levenssfeer", OWN_WORDS);
		text("beperkingGebruikNadereBeschrijving", "Bevat persoonsgegevens van inwoners.");
		end();
	}

	/**
	 * The case.
	 *
	 * @param organisation the name of the municipality that made it
	 */
	record Whole(String number, String outcome, LocalDate begunOn, LocalDate closedOn, String organisation,
			KeptCase.Term term, List<Part> parts) {
	}

	/**
	 * One thing in it with its one file.
	 *
	 * @param sha256 in hexadecimals
	 */
	record Part(String id, String title, @Nullable LocalDate datedOn, String fileName, String mediaType, long size,
			String sha256) {
	}

	/** Writes with what can fail. */
	@FunctionalInterface
	private interface Content {

		void write(Mdto mdto) throws XMLStreamException;

	}

}
