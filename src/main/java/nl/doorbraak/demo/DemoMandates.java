package nl.doorbraak.demo;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Profile;

/** The register of the invented bodies: the amounts are invented too. */
@Configuration(proxyBeanMethods = false)
@Profile("demo")
class DemoMandates {

	private static final String REGISTER = """
			insert into doorbraak.mandate (number, organisation_id, powers, legal_basis, function, rungs,
			  ceiling_cents, deviation_allowed, reservation, approvals, drafter_may_sign, crisis_use,
			  order_of_competence, decision, published_at, valid_from, recorded_at, sub_mandate_allowed)
			select body.id || '-' || line.number, body.id, cast(line.powers as text[]),
			  case when line.deviates then 'Awb artikel 10:3 en 4:84; ' else 'Awb artikel 10:3; ' end
			  || case when line.powers = '{tailoredBudget}' then 'Gemeentewet artikel 160' else 'Wmo 2015 artikel 2.3.5' end,
			  line.function, cast(line.rungs as text[]), line.euros * 100, line.deviates, line.reservation,
			  line.approvals, line.drafter, line.crisis, line.place, 'Mandaatbesluit ' || body.id || ' 2026, verzonnen blad '
			  || '2026, nr. 1 (besluit en bedrag zijn verzonnen)', date '2020-01-01',
			  timestamptz '2020-01-01 00:00:00 Europe/Amsterdam', timestamptz '2020-01-01 00:00:00 Europe/Amsterdam',
			  line.function = 'director'
			from doorbraak.organisation body join (values
			  ('municipality', '06', '{tailoredBudget}', 'districtTeamMember', '{local,national}', 500, false, 'none', 3, false, false, 5),
			  ('municipality', '01', '{scheme,tailoredBudget}', 'caseDirector', '{local,national}', 2500, false, 'none', 1, true, false, 10),
			  ('municipality', '05', '{scheme,tailoredBudget}', 'caseDirector', '{local,national}', 1000, true, 'none', 1, true, true, 10),
			  ('municipality', '02', '{scheme,tailoredBudget}', 'manager', '{local,regional,national}', 10000, true, 'none', 1, false, false, 20),
			  ('municipality', '03', '{scheme,tailoredBudget}', 'director', '{local,regional,national}', 25000, true, 'precedent', 1, false, false, 30),
			  ('municipality', '04', '{scheme,tailoredBudget}', 'alderman', '{local,regional,national}', null, true, 'reserved', 1, false, false, 40),
			  ('region', '01', '{scheme,tailoredBudget}', 'processDirector', '{regional}', 10000, false, 'none', 1, true, false, 10),
			  ('ministry', '01', '{scheme,tailoredBudget}', 'ambassador', '{ministry}', 50000, true, 'reserved', 1, true, false, 10)
			) as line (kind, number, powers, function, rungs, euros, deviates, reservation, approvals, drafter, crisis, place)
			on line.kind = body.kind
			on conflict do nothing""";

	/** What a register also holds: an end that is near, a consent that lacks, a chain. */
	private static final String REMARKABLE = """
			insert into doorbraak.mandate (number, organisation_id, powers, legal_basis, function, rungs, ceiling_cents,
			  reservation, order_of_competence, decision, published_at, valid_from, recorded_at, valid_to, works_under_mandator, holder_consent_at,
			  holder_consent_document, parent_number, conditions)
			select 'GM9001-' || line.number, 'GM9001', cast(line.powers as text[]), 'Awb artikel 10:3; ' || line.basis,
			  line.function, '{local}', line.euros * 100, 'none', line.place, line.decision
			  || ', verzonnen blad 2026, nr. 2 (besluit en bedrag zijn verzonnen)', date '2026-01-01',
			  timestamptz '2026-01-01 00:00:00 Europe/Amsterdam', timestamptz '2026-01-01 00:00:00 Europe/Amsterdam',
			  date_trunc('day', doorbraak.current_instant() at time zone 'Europe/Amsterdam' + line.ends)
			  at time zone 'Europe/Amsterdam', line.own, cast(line.consent as date), line.document, line.parent,
			  line.conditions
			from (values
			  ('07', '{tailoredBudget}', 'Gemeentewet artikel 160', 'director', 5000, 30, 'Besluit winterfonds Waterdam', interval '12 days', true, null, null, null,
			   'Alleen voor verwarming en energie.'),
			  ('08', '{scheme}', 'Wmo 2015 artikel 2.3.5', 'districtTeamMember', 1000, 5, 'Mandaat aan het wijkteam van Stichting Welzijn Waterdam', null, false,
			   '2026-01-15', 'Brief van het wijkteam, kenmerk W-12', null, null),
			  ('09', '{tailoredBudget}', 'Gemeentewet artikel 160', 'manager', 5000, 20, 'Ondermandaat van de directeur sociaal domein', null, true, null, null, 'GM9001-03',
			   null)
			) as line (number, powers, basis, function, euros, place, decision, ends, own, consent, document, parent, conditions)
			on conflict do nothing""";

	@Bean
	@DependsOn("demoPeopleAreThere")
	InitializingBean demoMandatesAreThere(DemoOwner owner) {
		return () -> {
			owner.db().sql(REGISTER).update();
			owner.db().sql(REMARKABLE).update();
			// The demo's people did what they did in the half year before they were made.
			owner.db()
				.sql("update doorbraak.post_period set since = timestamptz '2020-01-01 00:00:00 Europe/Amsterdam'")
				.update();
		};
	}

}
