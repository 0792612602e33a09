package nl.doorbraak.supply;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import nl.doorbraak.supply.KnownFault.Library;
import nl.doorbraak.testing.Attack;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What is in the jar, against the faults that are known: a high one that somebody did not
 * give a reason for fails the build. A list that grew old warns only, so that no build
 * fails by the calendar.
 */
class BillOfMaterialsTest {

	private static final int OLD_AFTER_DAYS = 30;

	private static final Pattern LOOKED_UP = Pattern.compile("Looked up: (\\d{4}-\\d{2}-\\d{2})");

	@Test
	@Attack(value = "H09", failedWith = "the PostgreSQL driver put back at 42.7.11")
	void buildFailsForALibraryWithAHighFaultThatNobodyGaveAReasonFor() {
		List<Library> jar = Library.inTheBills();
		assertThat(unreasoned(jar)).as("raise the version, or say in %s why it cannot be reached", KnownFault.LIST)
			.isEmpty();
		for (KnownFault fault : KnownFault.list().stream().filter((each) -> each.exception().isEmpty()).toList()) {
			List<Library> entered = new ArrayList<>(jar);
			entered.add(new Library(fault.library(), inside(fault)));
			assertThat(unreasoned(entered)).as(fault.id() + " enters").isNotEmpty();
		}
	}

	private static List<String> unreasoned(List<Library> jar) {
		List<KnownFault> faults = KnownFault.list();
		return jar.stream()
			.flatMap((library) -> faults.stream()
				.filter((fault) -> fault.fits(library) && !fault.hasReason())
				.map((fault) -> library.name() + " " + library.version() + ": " + fault.id() + " (" + fault.score()
						+ ") " + fault.source()))
			.toList();
	}

	/** A version that has the fault: the lowest of its range, or a very old one. */
	private static String inside(KnownFault fault) {
		String lowest = fault.affected().substring(1, fault.affected().indexOf(','));
		return lowest.isEmpty() ? "0.0.1" : lowest;
	}

	@Test
	void everyLineOfTheListCanBeRead() throws IOException {
		List<KnownFault> faults = KnownFault.list();
		assertThat(faults).isNotEmpty().allSatisfy((fault) -> {
			assertThat(fault.library()).matches("pkg:(maven/[^/]+/[^/@]+|npm/.+)");
			assertThat(fault.id()).matches("(CVE-\\d{4}-\\d+|GHSA(-[0-9a-z]{4}){3})");
			assertThat(fault.source()).startsWith("https://");
			assertThat(fault.seen()).matches("\\d{4}(-\\d{2}){0,2}");
			assertThat(fault.score()).isNotBlank();
			assertThat(fault.fits(new Library(fault.library(), inside(fault)))).as(fault.id()).isTrue();
			assertThat(fault.fits(new Library(fault.library(), "9999"))).as(fault.id()).isFalse();
		});
		assertThat(faults).extracting((fault) -> fault.library() + fault.id()).doesNotHaveDuplicates();
		long days = ChronoUnit.DAYS.between(lookedUp(), LocalDate.now());
		if (days > OLD_AFTER_DAYS) {
			System.out.println("WARNING: " + KnownFault.LIST + " is " + days + " days old: mvn -Pscan test");
		}
	}

	private static LocalDate lookedUp() throws IOException {
		Matcher date = LOOKED_UP.matcher(Files.readString(KnownFault.LIST));
		assertThat(date.find()).isTrue();
		return LocalDate.parse(date.group(1));
	}

	/** An exception that fits nothing any more goes, before it hides something new. */
	@Test
	void everyExceptionIsForSomethingInTheJar() {
		List<Library> jar = Library.inTheBills();
		assertThat(KnownFault.list().stream().filter((fault) -> !fault.exception().isEmpty()))
			.allSatisfy((fault) -> assertThat(jar).as(fault.id()).anyMatch(fault::fits));
	}

	@Test
	void everyFileOfOthersIsInTheBill() throws IOException {
		JsonNode lock = new ObjectMapper()
			.readTree(Path.of("src", "main", "resources", "static", "vendor", "lock.json").toFile());
		Set<String> locked = new TreeSet<>();
		lock.path("files")
			.forEach((file) -> locked.add("pkg:npm/" + file.path("package").asText().replace("@", "%40") + "@"
					+ file.path("version").asText() + " " + file.path("licence").asText()));
		Set<String> billed = new TreeSet<>();
		Library.components(KnownFault.BILLS.get(1)).forEach((component) -> {
			JsonNode licence = component.path("licenses").path(0).path("license");
			billed
				.add(component.path("purl").asText() + " " + licence.path("id").asText(licence.path("name").asText()));
		});
		assertThat(billed).isNotEmpty().isEqualTo(locked);
	}

	/**
	 * Maven does not make the bill offline ({@code -o}): one of an older build is not
	 * believed.
	 */
	@Test
	void billIsThatOfThisBuild() {
		Map<String, String> billed = Library.inTheBills()
			.stream()
			.filter((library) -> library.name().startsWith("pkg:maven/"))
			.collect(Collectors.toMap((library) -> library.name().replaceAll(".*/", ""), Library::version,
					(one, other) -> one));
		assertThat(billed).hasSizeGreaterThan(150)
			.containsKeys("spring-webmvc", "camunda-engine", "postgresql", "tomcat-embed-core")
			.doesNotContainKeys("archunit", "greenmail", "junit-jupiter", "playwright");
		List<String> other = new ArrayList<>();
		for (String entry : System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
			.split(File.pathSeparator)) {
			Path jar = Path.of(entry);
			String version = (jar.getParent() != null) ? String.valueOf(jar.getParent().getFileName()) : "";
			String name = String.valueOf(jar.getFileName()).replaceFirst("-\\Q" + version + "\\E.*", "");
			if (entry.endsWith(".jar") && billed.containsKey(name) && !billed.get(name).equals(version)) {
				other.add(name + " " + version + " instead of " + billed.get(name));
			}
		}
		assertThat(other).as("build once without -o").isEmpty();
	}

	@Test
	void nothingOfTheseIsInTheJar() {
		assertThat(Library.inTheBills()).extracting((library) -> library.name().replaceAll(".*/", ""))
			.doesNotContainAnyElementsOf(List.of("spring-webflux", "spring-boot-starter-webflux", "spring-messaging",
					"spring-websocket", "spring-boot-devtools", "okhttp", "kotlin-stdlib", "h2", "hsqldb", "groovy",
					"groovy-jsr223", "nashorn-core", "rhino", "jython-standalone", "jruby", "xstream", "janino",
					"log4j-core", "aalto-xml", "jetty-server", "netty-all", "camunda-bpm-spring-boot-starter-rest",
					"camunda-connect-http-client", "camunda-template-engines"));
	}

	@BeforeAll
	static void thereIsABill() {
		assumeTrue(Files.exists(KnownFault.BILLS.get(0)), "Maven makes no bill of materials offline (-o)");
	}

}
