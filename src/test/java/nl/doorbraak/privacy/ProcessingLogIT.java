package nl.doorbraak.privacy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Each reading of a case and each resident it concerned, for whoever controls. */
@WholeApplication
class ProcessingLogIT {

	private static final int FAMILY = 3;

	private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

	private static final String CALLER = "00f067aa0ba902b7";

	private static final Set<String> FIELDS = Set.of("trace_id", "span_id", "parent_span_id", "name", "start_time",
			"end_time", "status", "resource", "attributes");

	private final Town town;

	private final JdbcClient application;

	private final String family = "Merel" + Long.toString(System.nanoTime(), 36);

	@Autowired
	ProcessingLogIT(Town town, JdbcClient application) {
		this.town = town;
		this.application = application;
	}

	@Test
	void everyReadingIsALineAndOneForEachResidentAndNoneNamesAnybody() throws JsonProcessingException {
		String number = report();
		long before = count("true");
		long readsBefore = reads(number).size();
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		anna.get("/casus/" + number);
		anna.get("/casus/" + number + "/plan");
		this.town.as("anna").state(number);
		this.town.as("karim").state(number);
		WebVisitor joris = WebVisitor.login(this.town, "joris");
		joris.get("/controle/" + number);
		WebVisitor.Answer traced = anna.send("GET", "/casus/" + number, null, null,
				Map.of("traceparent", "00-" + TRACE + "-" + CALLER + "-01"));
		assertThat(traced.status()).isEqualTo(200);
		assertThat(WebVisitor.login(this.town, "olaf").get("/casus/" + number).status()).as("reads nothing")
			.isEqualTo(404);
		List<String> spans = reads(number);
		int reads = spans.size() - (int) readsBefore;
		assertThat(reads).as("as many readings as there were").isEqualTo(6);
		assertThat(count("true") - before).as("each with its residents").isEqualTo(reads * (1 + FAMILY));
		assertThat(count("trace_id = '" + TRACE + "'")).isEqualTo(1 + FAMILY);
		List<JsonNode> lines = lines(joris);
		List<JsonNode> ofThese = lines.stream()
			.filter((line) -> spans.contains(line.path("span_id").asText())
					|| spans.contains(line.path("parent_span_id").asText()))
			.toList();
		assertThat(ofThese).hasSize(spans.size() * (1 + FAMILY));
		assertThat(ofThese.stream()
			.map((line) -> line.path("attributes").path("dpl.core.data_subject_id").asText())
			.filter((code) -> !code.isEmpty())
			.distinct()).as("each resident has one code, whoever reads").hasSize(FAMILY);
		String register = WebVisitor.anonymous(this.town).get("/verwerkingen").body();
		lines.forEach((line) -> check(line, register));
		assertThat(lines.stream()
			.filter((line) -> line.path("trace_id").asText().equals(TRACE) && !line.has("parent_span_id")))
			.singleElement()
			.satisfies((line) -> assertThat(line.path("attributes").path("dpl.core.foreign_operation.span_id").asText())
				.isEqualTo(CALLER));
		onlyAuditorsAndOnlyAdding(anna);
		anna.form("/casus/" + number + "/intrekken", Map.of("reason", "x"));
		this.town.workDue();
	}

	private void onlyAuditorsAndOnlyAdding(WebVisitor anna) {
		assertThat(anna.get("/verwerkingen/logboek.jsonl").status()).isEqualTo(403);
		assertThat(this.town.database()
			.sql("select count(*) from doorbraak.audit_line where chain = 'processing-log' and actor = 'joris'")
			.query(Integer.class)
			.single()).isPositive();
		for (String change : List.of("update doorbraak.processing_log set status = 'Error'",
				"delete from doorbraak.processing_log", "truncate doorbraak.processing_log")) {
			assertThatExceptionOfType(DataAccessException.class).as(change)
				.isThrownBy(() -> this.application.sql(change).update())
				.withStackTraceContaining("permission denied");
		}
	}

	/** Every field as the standard has it, and no word about a reader or a resident. */
	private void check(JsonNode line, String register) {
		String text = line.toString();
		assertThat(Set.copyOf(names(line))).as(text).isSubsetOf(FIELDS);
		assertThat(line.path("trace_id").asText()).matches("[0-9a-f]{32}");
		assertThat(line.path("span_id").asText()).matches("[0-9a-f]{16}");
		assertThat(line.path("name").asText()).isNotEmpty();
		assertThat(Instant.parse(line.path("end_time").asText()))
			.isAfterOrEqualTo(Instant.parse(line.path("start_time").asText()));
		assertThat(line.path("status").asText()).isIn("Unset", "Ok", "Error");
		assertThat(line.path("resource").path("attributes").isObject()).isTrue();
		JsonNode attributes = line.path("attributes");
		String activity = attributes.path("dpl.core.processing_activity_id").asText();
		assertThat(activity).startsWith("http://localhost:8080/verwerkingen#");
		assertThat(register).contains("id=\"" + activity.replaceFirst(".*#", "") + "\"");
		if (line.has("parent_span_id")) {
			assertThat(line.path("parent_span_id").asText()).matches("[0-9a-f]{16}");
			assertThat(attributes.path("dpl.core.data_subject_id").asText()).matches("[0-9a-f]{64}");
			assertThat(attributes.path("dpl.core.data_subject_id_type").asText()).isNotEmpty();
		}
		else {
			assertThat(attributes.has("dpl.core.data_subject_id")).isFalse();
		}
		assertThat(text).doesNotContain(this.family, "Mia", "anna", "karim", "joris", "Anna", "DB-20");
	}

	private static List<String> names(JsonNode line) {
		return line.properties().stream().map(Map.Entry::getKey).toList();
	}

	private List<JsonNode> lines(WebVisitor joris) throws JsonProcessingException {
		String day = this.town.today().toString();
		String period = "?van=" + this.town.today().minusDays(1) + "&tot=" + day;
		assertThat(joris.get("/verwerkingen/logboek" + period).body()).contains("Logboek van verwerkingen");
		WebVisitor.Answer taken = joris.get("/verwerkingen/logboek.jsonl" + period);
		assertThat(taken.status()).isEqualTo(200);
		ObjectMapper json = new ObjectMapper();
		return Stream.of(taken.body().split("\n")).map((line) -> {
			try {
				return json.readTree(line);
			}
			catch (JsonProcessingException ex) {
				throw new AssertionError(line, ex);
			}
		}).collect(Collectors.toList());
	}

	private String report() {
		String number = this.town.as("anna")
			.report(Map.of("whatIsStuck", "De huur.", "memberName", "Mia " + this.family, "memberBirthDate",
					"1981-04-02"));
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		for (String name : List.of("Tobias", "Fenna")) {
			anna.form("/casus/" + number + "/huishouden", Map.of("name", name + " " + this.family, "birthDate",
					"2010-01-02", "role", "child", "contact", "", "address", ""));
		}
		return number;
	}

	private List<String> reads(String number) {
		return this.town.database().sql("""
				select cast(facts as jsonb) ->> 'span' from doorbraak.audit_line
				where chain = ? and act = 'caseRead' order by number""").param(number).query(String.class).list();
	}

	private long count(String where) {
		return this.town.database()
			.sql("select count(*) from doorbraak.processing_log where " + where)
			.query(Long.class)
			.single();
	}

}
