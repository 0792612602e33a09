package nl.doorbraak.carryout;

import java.sql.Date;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

import nl.doorbraak.support.DueWork;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.watchdog.Watched;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Lets the days of aftercare and of the surveys come. One that fails holds up no other:
 * the watchdog finds what stays late.
 */
@Component
class AftercareWatch implements DueWork, Watched {

	private static final Duration ALLOWED = Duration.ofMinutes(5);

	/** Without an answer the team is told once more after these days. */
	private static final int REMIND_AFTER = 14;

	private static final String DAYS = """
			select case_id, 'aftercare' as what, months, begins_on as day from doorbraak.aftercare where begun_at is null
			union all
			select case_id, 'survey', months, case when told_at is null then asked_on else asked_on + %d end
			from doorbraak.survey where answered_at is null and reminded_at is null
			"""
		.formatted(REMIND_AFTER);

	private final JdbcClient db;

	private final Aftercare aftercare;

	private final Surveys surveys;

	private final Clock clock;

	AftercareWatch(JdbcClient db, Aftercare aftercare, Surveys surveys, Clock clock) {
		this.db = db;
		this.aftercare = aftercare;
		this.surveys = surveys;
		this.clock = clock;
	}

	@Scheduled(initialDelayString = "${doorbraak.aftercare-every:60s}",
			fixedDelayString = "${doorbraak.aftercare-every:60s}")
	void poll() {
		doDue();
	}

	@Override
	public int doDue() {
		return DueWork.eachForItself(due(this.db, DutchTime.day(this.clock.instant())), this::begin);
	}

	private static List<Due> due(JdbcClient db, LocalDate day) {
		return db.sql("select c.number, d.what, d.months from (" + DAYS
				+ ") d join doorbraak.case_file c on c.id = d.case_id where d.day <= :today order by d.day, c.number limit 500")
			.param("today", Date.valueOf(day))
			.query((row, n) -> new Due(row.getString("number"), row.getString("what"), row.getInt("months")))
			.list();
	}

	private void begin(Due due) {
		if (due.what().equals("survey")) {
			this.surveys.tell(due.number(), due.months());
		}
		else {
			this.aftercare.begin(due.number(), due.months());
		}
	}

	@Override
	public Optional<Instant> nextDueAt() {
		return this.db.sql("select min(day) from (" + DAYS + ") d")
			.query((row, n) -> Optional.ofNullable(row.getObject(1, LocalDate.class)))
			.single()
			.map((day) -> day.atStartOfDay(DutchTime.ZONE).toInstant());
	}

	@Override
	public String what() {
		return "aftercare";
	}

	/** The day after: what is asked at a closing is due at any hour of its day. */
	@Override
	public List<Late> late(JdbcClient own, Instant before) {
		return due(own, DutchTime.day(before.minus(ALLOWED)).minusDays(1)).stream()
			.map((due) -> new Late(due.what() + " " + due.months() + " " + due.number(), due.number()))
			.toList();
	}

	@Override
	public void repair(Late late) {
		String[] parts = late.key().split(" ");
		begin(new Due(late.number(), parts[0], Integer.parseInt(parts[1])));
	}

	private record Due(String number, String what, int months) {
	}

}
