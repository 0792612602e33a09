package nl.doorbraak.casefile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.FormRules;
import nl.doorbraak.support.Installation;
import nl.doorbraak.support.Refused;

import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Cases of nobody, to try out with: in an acceptance environment alone. They are reported
 * as any other, by a casusregisseur of the own municipality.
 */
@Service
public class InventedCases {

	private static final String IN_DAYS = "eventInDays";

	private final Reporting reporting;

	private final FormRules forms;

	private final Installation installation;

	private final Clock clock;

	InventedCases(Reporting reporting, FormRules forms, Installation installation, Clock clock) {
		this.reporting = reporting;
		this.forms = forms;
		this.installation = installation;
		this.clock = clock;
	}

	/**
	 * Reports all of them once more.
	 * @return their numbers
	 * @throws Refused where this is no acceptance environment (404), and who is no
	 * casusregisseur (403)
	 */
	@Transactional
	public List<String> report(String login) {
		if (!this.installation.isAcceptance()) {
			throw Refused.notFound();
		}
		LocalDate today = DutchTime.day(this.clock.instant());
		return all().stream().map((invented) -> {
			Map<String, Object> fields = new LinkedHashMap<>(invented);
			if (fields.remove(IN_DAYS) instanceof Integer days) {
				fields.put("eventDate", today.plusDays(days).toString());
			}
			return this.reporting.report(login, this.forms.check(Report.FORM, fields, Map.of()));
		}).toList();
	}

	private static List<Map<String, Object>> all() {
		try {
			return new ObjectMapper().readValue(
					new ClassPathResource("invented-cases.json", InventedCases.class).getInputStream(),
					new TypeReference<>() {
					});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
