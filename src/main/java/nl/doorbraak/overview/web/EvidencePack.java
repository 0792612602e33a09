package nl.doorbraak.overview.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import nl.doorbraak.audit.AuditTrail;
import nl.doorbraak.audit.ChainChecks;
import nl.doorbraak.audit.ChainFiles;
import nl.doorbraak.audit.Head;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.CaseFiles.Dossier;
import nl.doorbraak.casefile.Documents;
import nl.doorbraak.casefile.Purposes;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One case as it leaves the house: a report to read, the chain to check, the letters as
 * they went out, and how to check it without an account.
 */
@Component
class EvidencePack {

	static final String REPORT = "verslag.pdf";

	static final String CHAIN = "keten.json";

	static final String README = "LEESMIJ.txt";

	static final String LETTERS = "besluiten/";

	/** The same in each pack, so that the same content gives the same bytes. */
	private static final LocalDateTime NO_TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

	private static final String NO_LETTERS = """
			In dit pakket zitten de brieven over de besluiten niet: daarin staan namen en adressen, en een brief
			waarin iets is weggelakt, is niet meer de brief die is verstuurd. Wat er is besloten en waarom, staat zonder
			namen in verslag.pdf. Daar staat ook welke brieven er zijn.

			Hebt u de brieven nodig? Vraag dan aan de gemeente een bewijspakket met namen, en zeg waarom.
			""";

	private static final String HOW_TO_CHECK = """
			BEWIJSPAKKET VAN CASUS %1$s

			WAT ZIT ERIN

			verslag.pdf   Het verhaal van de casus, om te lezen. U hebt daarvoor de rest niet nodig.
			keten.json    Alle regels van de vastlegging, om na te rekenen.
			besluiten/    De brieven over de besluiten zoals zij zijn verstuurd, of waarom zij er niet in zitten.
			LEESMIJ.txt   Dit bestand.

			ZO CONTROLEERT U HET PAKKET ZELF

			U hebt geen account nodig, en niets van Doorbraak behalve een controleprogramma: het bestand PackCheck.java.
			U haalt het hier op:

			    %2$s

			Het zit met opzet niet in dit pakket: wie een pakket vervalst, vervalst ook het programma dat erin zit. U mag het
			lezen, of laten lezen, voor u het gebruikt. Het verandert niets en heeft geen internet nodig. Verder hebt u Java
			nodig (een JDK, versie 17 of nieuwer).

			1. Zet PackCheck.java en het zipbestand in dezelfde map. Pak het zipbestand niet uit.
			2. Open een opdrachtvenster in die map, en typ:

			    java PackCheck.java bewijspakket-%1$s.zip

			3. Staat er DIT PAKKET KLOPT? Dan volgt elke regel op de regel ervoor, is er geen regel weg, tussengevoegd of
			   veranderd, en zijn alle bestanden zoals zij in het pakket gingen.
			   Staat er DIT PAKKET KLOPT NIET? Dan staat erbij wat er niet klopt.

			IS HET OOK DE VASTLEGGING DIE ER STOND?

			Dat een pakket in zichzelf klopt, is niet genoeg: iemand kan alles opnieuw hebben uitgerekend. Daarom wordt elke dag
			een kop genomen over alle casussen samen, en bewaard buiten Doorbraak. Toen dit verslag werd gemaakt, was dat
			kop %3$d:

			    %4$s

			Vraag degene die de koppen bewaart of dit kop %3$d is. Kreeg u koppen, of hebt u een eerder pakket van deze casus?
			Dan vergelijkt het programma zelf. Zet koppen in een tekstbestand, elk op een eigen regel: eerst het nummer van de
			kop, en dan de kop.

			    java PackCheck.java bewijspakket-%1$s.zip koppen.txt
			    java PackCheck.java bewijspakket-%1$s.zip eerder-pakket.zip
			""";

	private final Purposes purposes;

	private final CaseFiles files;

	private final Documents documents;

	private final AuditTrail trail;

	private final ChainChecks checks;

	private final ChainFiles chains;

	private final EvidenceReport report;

	private final URI address;

	private final ApplicationEventPublisher events;

	private final TransactionTemplate transactions;

	EvidencePack(Purposes purposes, CaseFiles files, Documents documents, AuditTrail trail, ChainChecks checks,
			ChainFiles chains, EvidenceReport report, @Value("${doorbraak.address}") URI address,
			ApplicationEventPublisher events, TransactionTemplate transactions) {
		this.purposes = purposes;
		this.files = files;
		this.documents = documents;
		this.trail = trail;
		this.checks = checks;
		this.chains = chains;
		this.report = report;
		this.address = address;
		this.events = events;
		this.transactions = transactions;
	}

	/**
	 * Makes it, and writes down that it was made before it is: who took it, and whether
	 * names are in it, stands in the pack itself.
	 * @param municipalities for which the maker audits
	 * @param why why the names must be in it; null where they are hidden
	 * @throws nl.doorbraak.support.Refused when it is no case of these municipalities
	 * (404), or the reason is none (400)
	 */
	byte[] make(String login, String number, Collection<String> municipalities, @Nullable Why why) {
		Material material = this.transactions.execute((tx) -> take(login, number, municipalities, why));
		Head head = this.checks.takeHead();
		Map<String, byte[]> files = new TreeMap<>();
		material.letters().forEach((letter) -> files.put(LETTERS + letter.document().fileName(), letter.bytes()));
		if (why == null) {
			files.put(LETTERS + README, NO_LETTERS.getBytes(StandardCharsets.UTF_8));
		}
		files.put(REPORT, this.report.pdf(login, material.dossier(), why, this.trail.chain(number), head));
		files.put(README,
				HOW_TO_CHECK
					.formatted(number, this.address.resolve("/controleprogramma/PackCheck.java"), head.number(),
							head.mark())
					.getBytes(StandardCharsets.UTF_8));
		files.put(CHAIN, this.chains.json(head, number, Map.copyOf(files)));
		return zip(files);
	}

	private Material take(String login, String number, Collection<String> municipalities, @Nullable Why why) {
		if (why != null) {
			this.purposes.stateForNames(login, number, municipalities, why.purpose(), why.sentence());
		}
		Dossier dossier = this.files.auditForPack(login, number, municipalities, why != null);
		List<Documents.Content> letters = (why != null)
				? this.documents.decisionsForAudit(login, number, municipalities) : List.of();
		this.events.publishEvent(new EvidencePackMade(number, login, why == null));
		return new Material(dossier, letters);
	}

	static byte[] zip(Map<String, byte[]> files) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
			for (Map.Entry<String, byte[]> file : new TreeMap<>(files).entrySet()) {
				ZipEntry entry = new ZipEntry(file.getKey());
				entry.setTimeLocal(NO_TIME);
				zip.putNextEntry(entry);
				zip.write(file.getValue());
				zip.closeEntry();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	/**
	 * Why names must be in it.
	 *
	 * @param purpose code of one of {@link nl.doorbraak.casefile.Purpose#FOR_NAMES}
	 */
	record Why(String purpose, String sentence) {
	}

	private record Material(Dossier dossier, List<Documents.Content> letters) {
	}

}
