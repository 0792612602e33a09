package nl.doorbraak.supply;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.apache.maven.artifact.versioning.DefaultArtifactVersion;
import org.apache.maven.artifact.versioning.InvalidVersionSpecificationException;
import org.apache.maven.artifact.versioning.VersionRange;

/** A line of {@code docs/vulnerabilities.csv}: which versions of what have a fault. */
record KnownFault(String library, String affected, String id, String score, String source, String seen,
		String exception) {

	static final Path LIST = Path.of("docs", "vulnerabilities.csv");

	static final CSVFormat FORMAT = CSVFormat.Builder.create()
		.setDelimiter(';')
		.setCommentMarker('#')
		.setHeader()
		.setSkipHeaderRecord(true)
		.get();

	/** What is in the jar: libraries, and the files of others that pages use. */
	static final List<Path> BILLS = List.of(Path.of("target", "classes", "META-INF", "sbom", "application.cdx.json"),
			Path.of("target", "classes", "META-INF", "sbom", "vendored.cdx.json"));

	static List<KnownFault> list() {
		try (Reader reader = Files.newBufferedReader(LIST)) {
			List<KnownFault> faults = new ArrayList<>();
			for (CSVRecord line : FORMAT.parse(reader)) {
				faults.add(new KnownFault(line.get("package"), line.get("affected"), line.get("id"), line.get("score"),
						line.get("source"), line.get("seen"), line.get("exception")));
			}
			return faults;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	boolean fits(Library other) {
		try {
			return this.library.equals(other.name()) && VersionRange.createFromVersionSpec(this.affected)
				.containsVersion(new DefaultArtifactVersion(other.version()));
		}
		catch (InvalidVersionSpecificationException ex) {
			throw new AssertionError(this.id, ex);
		}
	}

	boolean hasReason() {
		return this.exception.length() > 20;
	}

	/**
	 * Something in the jar.
	 *
	 * @param name its package URL without version
	 */
	record Library(String name, String version) {

		static Library of(String purl) {
			String known = purl.replaceAll("\\?.*", "");
			int at = known.lastIndexOf('@');
			return new Library(URLDecoder.decode(known.substring(0, at), StandardCharsets.UTF_8),
					known.substring(at + 1));
		}

		static List<Library> inTheBills() {
			return BILLS.stream().flatMap(Library::inTheBill).toList();
		}

		static Stream<Library> inTheBill(Path bill) {
			return components(bill).valueStream().map((each) -> of(each.path("purl").asText()));
		}

		/** How the name of its file begins, or goes on after its group. */
		String file() {
			return this.name.substring(this.name.lastIndexOf('/') + 1) + "-" + this.version;
		}

		static JsonNode components(Path bill) {
			try {
				return new ObjectMapper().readTree(bill.toFile()).path("components");
			}
			catch (IOException ex) {
				throw new UncheckedIOException("The build makes it before the tests: mvn generate-resources", ex);
			}
		}

	}

}
