package nl.doorbraak.workflow;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.springframework.core.io.ClassPathResource;

/** Fills in a form at random: mostly as its definition asks, now and then not. */
final class RandomFields {

	private static final ObjectMapper JSON = new ObjectMapper();

	/** For these fields: which answer to which other field makes them appear. */
	private static final Map<String, String[]> SHOWN_WHEN = Map.of("lookAgainOn", new String[] { "decision", "down" },
			"takesOver", new String[] { "decision", "down" }, "nextContactOn", new String[] { "answered", "no" },
			"competentBody", new String[] { "competentBodyStatus", "known" }, "stillNeeded",
			new String[] { "holds", "partly" });

	private final Random random;

	RandomFields(Random random) {
		this.random = random;
	}

	Map<String, Object> fill(String form, LocalDate today) {
		Map<String, Object> fields = new HashMap<>();
		for (JsonNode field : components(form)) {
			if (!field.has("key") || field.path("readonly").asBoolean() || isHidden(form, field, fields)) {
				continue;
			}
			if (field.path("validate").path("required").asBoolean() || this.random.nextInt(3) == 0) {
				fields.put(field.path("key").asText(), value(field, today));
			}
		}
		if (this.random.nextInt(12) == 0) {
			spoil(fields, today);
		}
		return fields;
	}

	private boolean isHidden(String form, JsonNode field, Map<String, Object> fields) {
		String key = field.path("key").asText();
		if (form.equals("enter-outside-answer") && key.equals("decision")) {
			return !"yes".equals(fields.get("answered"));
		}
		if (form.equals("enter-outside-answer") && List.of("decidedBy", "reference").contains(key)
				|| form.startsWith("decide-") && List.of("cost", "power", "deviates", "reservation").contains(key)) {
			return !"brokenThrough".equals(fields.get("decision"));
		}
		if (key.equals("whyUnsettled")) {
			return true;
		}
		if (form.equals("answer-lead-question") && List.of("reason", "referredTo").contains(key)) {
			return !(key.equals("reason") ? "refuse" : "refer").equals(fields.get("answer"));
		}
		if (form.equals("report-outside") || !SHOWN_WHEN.containsKey(key)) {
			return key.equals("eventDate") && !fields.containsKey("threat");
		}
		if (form.equals("record-aftercare")) {
			return !List.of("partly", "no").contains(fields.get("holds"));
		}
		if (form.equals("confirm-measures")) {
			return !List.of("partly", "no").contains(fields.get("carriedOut"));
		}
		String[] when = SHOWN_WHEN.get(key);
		return !when[1].equals(fields.get(when[0]));
	}

	private Object value(JsonNode field, LocalDate today) {
		return switch (field.path("type").asText()) {
			case "datetime" -> field.path("key").asText().equals("spokenOn") ? today.toString()
					: today.plusDays(1 + this.random.nextInt(30)).toString();
			case "number" -> this.random.nextInt(10000);
			case "checkbox" -> this.random.nextBoolean();
			case "select", "radio" -> option(field);
			case "checklist" -> List.of(option(field));
			default -> "Tekst " + this.random.nextInt(1000);
		};
	}

	private String option(JsonNode field) {
		if (field.has("valuesKey")) {
			return List.of("RG01", "LMM", "UWV", "SVB").get(this.random.nextInt(4));
		}
		return field.path("values").get(this.random.nextInt(field.path("values").size())).path("value").asText();
	}

	private void spoil(Map<String, Object> fields, LocalDate today) {
		List<String> keys = new ArrayList<>(fields.keySet());
		switch (this.random.nextInt(5)) {
			case 0 -> fields.put("nietGevraagd", "x");
			case 1 -> fields.remove(keys.get(this.random.nextInt(keys.size())));
			case 2 -> fields.put(keys.get(this.random.nextInt(keys.size())), List.of(Map.of("a", 1)));
			case 3 -> fields.put("lookAgainOn", today.minusDays(1).toString());
			default -> fields.put("decision", "termEnded");
		}
	}

	private static JsonNode components(String form) {
		try (InputStream definition = new ClassPathResource("forms/" + form + ".form").getInputStream()) {
			return JSON.readTree(definition).path("components");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
