package nl.doorbraak.bench;

import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import nl.doorbraak.Doorbraak;
import nl.doorbraak.audit.AuditTrail;
import nl.doorbraak.casefile.FormTask;
import nl.doorbraak.casefile.Report;
import nl.doorbraak.casefile.Reporting;
import nl.doorbraak.casefile.Writing;
import nl.doorbraak.lead.Leads;
import nl.doorbraak.lead.RefusalReason;
import nl.doorbraak.overview.CaseStory;
import nl.doorbraak.support.DatabaseClock;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.FormRules;
import nl.doorbraak.support.WalkedPath;
import nl.doorbraak.support.Worklist;
import nl.doorbraak.support.Worklist.OpenTask;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.identity.Group;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Doorbraak itself, whole, with the demo's people and no cases; mail waits in the outbox.
 */
final class Ours extends Contender {

	/** Every hundredth copy is a case of the caseworker whose list is read. */
	private static final int TEAMS = 100;

	private final ConfigurableApplicationContext application;

	private final CountedStatements counted;

	private final Worklist worklist;

	private final Leads leads;

	private final Writing writing;

	private final DatabaseClock clock;

	private final ProcessEngine engine;

	private final Path data;

	private Copies copies;

	Ours(ConfigurableApplicationContext application, CountedStatements counted, Path data) {
		this.application = application;
		this.counted = counted;
		this.data = data;
		this.worklist = application.getBean(Worklist.class);
		this.leads = application.getBean(Leads.class);
		this.writing = application.getBean(Writing.class);
		this.clock = application.getBean(DatabaseClock.class);
		this.engine = application.getBean(ProcessEngine.class);
	}

	public static void main(String[] arguments) throws Exception {
		Path data = Path.of("postgres").toAbsolutePath();
		CountedStatements[] counted = new CountedStatements[1];
		SpringApplication doorbraak = new SpringApplication(Doorbraak.class);
		doorbraak.addInitializers((context) -> context.getBeanFactory().addBeanPostProcessor(new BeanPostProcessor() {

			@Override
			public Object postProcessAfterInitialization(Object bean, String name) {
				if (bean instanceof HikariDataSource pool) {
					counted[0] = new CountedStatements(pool);
					return counted[0];
				}
				return bean;
			}
		}));
		ConfigurableApplicationContext application = doorbraak.run("--spring.profiles.active=demo", "--server.port=0",
				"--doorbraak.demo.cases=false", "--doorbraak.demo.data-dir=" + data, "--doorbraak.alert.poll-every=1d",
				"--doorbraak.watchdog.every=1d");
		serve(new Ours(application, counted[0], data));
	}

	private DataSource superuser() {
		String url = this.application.getBean(DataSource.class) instanceof CountedStatements it
				? ((HikariDataSource) it.getTargetDataSource()).getJdbcUrl() : "";
		return new DriverManagerDataSource(url, "postgres", "");
	}

	@Override
	JdbcClient database() {
		return JdbcClient.create(superuser());
	}

	@Override
	Path data() {
		return this.data;
	}

	@Override
	long statements() {
		return this.counted.sent();
	}

	@Override
	List<Step> steps() {
		return Step.all(today());
	}

	private LocalDate today() {
		return DutchTime.day(this.clock.instant());
	}

	@Override
	String report(boolean eventTomorrow) {
		Map<String, Object> fields = new HashMap<>(Step.REPORT);
		if (eventTomorrow) {
			fields.put("threat", "eviction");
			fields.put("eventDate", today().plusDays(1).toString());
		}
		String number = this.application.getBean(Reporting.class)
			.report("anna", this.application.getBean(FormRules.class).check(Report.FORM, fields, Map.of()));
		if (eventTomorrow) {
			// Nobody takes the lead; somebody was asked.
			this.leads.ask("anna", number, "GM9001");
			this.leads.refuse("mila", number, RefusalReason.values()[0].code());
		}
		return number;
	}

	@Override
	boolean done(String number, Step step) {
		Optional<OpenTask> task = this.worklist.findTask(step.login(), number, step.form());
		task.ifPresent((open) -> {
			Map<String, Object> fields = new HashMap<>(step.fields());
			if (step.form().equals("sign-off")) {
				fields.put("proposalHash",
						this.writing.values(new FormTask(number, step.form(), open.part())).get("proposalHash"));
			}
			this.worklist.claim(step.login(), open.id());
			this.worklist.complete(step.login(), open.id(), fields);
		});
		return task.isPresent();
	}

	@Override
	void acceptLead(String number) {
		this.leads.accept("anna", number);
	}

	@Override
	ProcessEngine engine() {
		return this.engine;
	}

	@Override
	void copy(String number, int from, int to) {
		database()
			.sql("""
					insert into doorbraak.officer select (jsonb_populate_record(o, jsonb_build_object('login', o.login || k))).*
					from doorbraak.officer o, generate_series(0, :last) k where o.login in ('anna', 'karim')
					on conflict do nothing""")
			.param("last", TEAMS - 1)
			.update();
		if (this.copies == null) {
			this.copies = new Copies(superuser(), Map.of("anna", of("anna"), "karim", of("karim"), "user:anna",
					"'user:'||" + of("anna"), "user:karim", "'user:'||" + of("karim")), "camunda", "doorbraak");
		}
		this.copies.make(number, (copy) -> "'DB-2099-'||lpad((" + copy + ")::text,6,'0')", from, to);
	}

	private static String of(String login) {
		return "(case when k%" + TEAMS + "=0 then '" + login + "' else '" + login + "'||(k%" + TEAMS + ") end)";
	}

	@Override
	String copied(String number, int copy) {
		return "DB-2099-%06d".formatted(copy);
	}

	@Override
	void resume(String number) {
		// The case file knows all.
	}

	@Override
	Map<String, Runnable> queries(String number) {
		AuditTrail audit = this.application.getBean(AuditTrail.class);
		List<String> groups = this.engine.getIdentityService()
			.createGroupQuery()
			.groupMember("anna")
			.list()
			.stream()
			.map(Group::getId)
			.toList();
		Map<String, Runnable> queries = new LinkedHashMap<>();
		queries.put("list", () -> {
			this.engine.getIdentityService().setAuthentication("anna", groups);
			try {
				this.engine.getTaskService().createTaskQuery().orderByDueDate().asc().listPage(0, 20);
				this.engine.getTaskService().createTaskQuery().count();
			}
			finally {
				this.engine.getIdentityService().clearAuthentication();
			}
		});
		queries.put("page", () -> {
			this.worklist.openTasks("anna", 0, 20);
			this.worklist.waiting("anna");
		});
		WalkedPath path = this.application.getBean(WalkedPath.class);
		queries.put("story", () -> {
			CaseStory.of(audit.chain(number));
			path.of(number);
		});
		queries.put("search", () -> audit.decisions(Set.of("GM9001"), null, 50));
		return queries;
	}

	@Override
	Instant moveClockToCrisis(int cases, Duration spread) {
		Instant crisis = today().plusDays(1).atStartOfDay(DutchTime.ZONE).toInstant();
		database().sql("""
				create table public.bench_due as
				select case_number, next_at + (row_number() over () - 1) * make_interval(secs => :step) as due_at
				from doorbraak.lead_watch where next_at = cast(:crisis as timestamptz)""")
			.param("step", spread.toMillis() / 1000.0 / cases)
			.param("crisis", Timestamp.from(crisis))
			.update();
		int waiting = database().sql("""
				update doorbraak.lead_watch w set next_at = d.due_at, look_at = d.due_at
				from public.bench_due d where d.case_number = w.case_number""").update();
		if (waiting != cases) {
			throw new IllegalStateException(waiting + " cases wait for their crisis, not " + cases);
		}
		database()
			.sql("update doorbraak.clock_offset set ahead = ahead + (?::timestamptz - doorbraak.current_instant())")
			.param(crisis.minus(LEAD_IN).toString())
			.update();
		this.clock.synchronise();
		return crisis;
	}

	@Override
	int raised() {
		return database().sql("select count(*) from doorbraak.lead_alarm where moment = 'crisis'")
			.query(Integer.class)
			.single();
	}

	/** Each against the moment at which its case was to be looked at. */
	@Override
	List<Long> late() {
		return database().sql("""
				select extract(epoch from min(a.created_at) - d.due_at) * 1000 from doorbraak.alert a
				join public.bench_due d on d.case_number = a.case_number
				where a.kind = 'leadMissing' and a.deadline_version like 'crisis %' group by d.case_number, d.due_at""")
			.query((row, n) -> Math.round(row.getDouble(1)))
			.list();
	}

	@Override
	Map<String, Object> checkAlarms() {
		return database().sql("""
				select count(*) as alerts, count(distinct case_number) as alarms,
				  count(*) - count(distinct (case_number, recipient_login, body_id, function, channel)) as doubled
				from doorbraak.alert where kind = 'leadMissing' and deadline_version like 'crisis %'""")
			.query()
			.singleRow();
	}

}
