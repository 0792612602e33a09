package nl.doorbraak.demo;

import java.time.LocalDate;
import java.util.List;

import nl.doorbraak.directory.Function;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Profile;
import org.jspecify.annotations.Nullable;

/** The register of the invented municipalities: the amounts are invented too. */
@Configuration(proxyBeanMethods = false)
@Profile("demo")
class DemoMandates {

	private static final String NOTE = "Bedrag en besluit zijn verzonnen.";

	private static final LocalDate PUBLISHED = LocalDate.of(2026, 1, 2);

	@Bean
	@DependsOn("demoPeopleAreThere")
	InitializingBean demoMandatesAreThere(DemoOwner owner) {
		return () -> {
			for (String municipality : List.of("GM9001", "GM9002", "GM9003")) {
				Line line = new Line(owner, municipality);
				line.add("01", Function.CASE_DIRECTOR, "{local,national}", 250_000L, false, true, 10);
				line.addForCrisis("05", Function.CASE_DIRECTOR, "{local,national}", 100_000L, 10);
				line.add("02", Function.MANAGER, "{local,regional,national}", 1_000_000L, true, false, 20);
				line.add("03", Function.DIRECTOR, "{local,regional,national}", 2_500_000L, true, false, 30);
				line.add("04", Function.ALDERMAN, "{local,regional,national}", null, true, false, 40);
			}
			for (String region : List.of("RG01", "RG02")) {
				new Line(owner, region).add("01", Function.PROCESS_DIRECTOR, "{regional}", 1_000_000L, false, true, 10);
			}
			new Line(owner, "LET").add("01", Function.AMBASSADOR, "{ministry}", 5_000_000L, true, true, 10);
		};
	}

	private record Line(DemoOwner owner, String organisation) {

		void add(String number, Function function, String rungs, @Nullable Long ceilingCents, boolean deviation,
				boolean drafterMaySign, int order) {
			add(number, function, rungs, ceilingCents, deviation, drafterMaySign, false, order);
		}

		/** A crisis mandate: also to deviate, and to be ratified afterwards. */
		void addForCrisis(String number, Function function, String rungs, long ceilingCents, int order) {
			add(number, function, rungs, ceilingCents, true, true, true, order);
		}

		private void add(String number, Function function, String rungs, @Nullable Long ceilingCents, boolean deviation,
				boolean drafterMaySign, boolean crisisUse, int order) {
			this.owner.db()
				.sql("""
						insert into doorbraak.mandate (number, version, organisation_id, power, legal_basis, function, rungs,
						  ceiling_cents, deviation_allowed, drafter_may_sign, crisis_use, order_of_competence, decision, published_at,
						  source, valid_from, note)
						values (:number, 1, :organisation, 'breakthrough', :basis, :function, cast(:rungs as text[]), :ceiling,
						  :deviation, :drafter, :crisis, :order, :decision, :published, 'verzonnen blad 2026, nr. 1',
						  timestamptz '2020-01-01 00:00:00 Europe/Amsterdam', :note)
						on conflict do nothing""")
				.param("number", this.organisation + "-" + number)
				.param("organisation", this.organisation)
				.param("basis",
						deviation ? "Awb artikel 10:3 en 4:84; Wmo 2015 artikel 2.3.5"
								: "Awb artikel 10:3; Wmo 2015 artikel 2.3.5")
				.param("function", function.code())
				.param("rungs", rungs)
				.param("ceiling", ceilingCents)
				.param("deviation", deviation)
				.param("drafter", drafterMaySign)
				.param("crisis", crisisUse)
				.param("order", order)
				.param("decision", "Mandaatbesluit " + this.organisation + " 2026")
				.param("published", PUBLISHED)
				.param("note", NOTE)
				.update();
		}

	}

}
