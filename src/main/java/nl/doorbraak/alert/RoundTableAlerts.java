package nl.doorbraak.alert;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import nl.doorbraak.alert.Outbox.Draft;
import nl.doorbraak.casefile.CaseEvents.RoundTableCancelled;
import nl.doorbraak.casefile.CaseEvents.RoundTableEvent;
import nl.doorbraak.casefile.CaseEvents.RoundTableMoved;
import nl.doorbraak.casefile.CaseEvents.RoundTablePlanned;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.RoundTable;
import nl.doorbraak.casefile.RoundTables;
import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Invites to a round table, tells of a move, and takes it back from who need not come any
 * more. What was not sent yet of how it stood before is not sent.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class RoundTableAlerts {

	private static final String VERSION = "roundTable ";

	private final Outbox outbox;

	private final CaseFiles files;

	private final RoundTables tables;

	private final Recipients recipients;

	RoundTableAlerts(Outbox outbox, CaseFiles files, RoundTables tables, Recipients recipients) {
		this.outbox = outbox;
		this.files = files;
		this.tables = tables;
		this.recipients = recipients;
	}

	@EventListener
	void invite(RoundTablePlanned event) {
		RoundTable table = this.tables.get(event.roundTable(), event.sequence());
		tell(event, AlertKind.ROUND_TABLE_PLANNED, table.beginsAt(), table.guests());
	}

	@EventListener
	void move(RoundTableMoved event) {
		RoundTable table = this.tables.get(event.roundTable(), event.sequence());
		List<String> before = this.tables.get(event.roundTable(), event.sequence() - 1).guests();
		takeBack(event);
		tell(event, AlertKind.ROUND_TABLE_MOVED, table.beginsAt(),
				table.guests().stream().filter(before::contains).toList());
		tell(event, AlertKind.ROUND_TABLE_PLANNED, table.beginsAt(),
				table.guests().stream().filter((guest) -> !before.contains(guest)).toList());
		tell(event, AlertKind.ROUND_TABLE_CANCELLED, null,
				before.stream().filter((guest) -> !table.guests().contains(guest)).toList());
	}

	@EventListener
	void cancel(RoundTableCancelled event) {
		takeBack(event);
		tell(event, AlertKind.ROUND_TABLE_CANCELLED, null,
				this.tables.get(event.roundTable(), event.sequence()).guests());
	}

	/** Which state of which round table an alert is about. */
	static Version version(Alert alert) {
		String[] parts = alert.deadlineVersion().substring(VERSION.length()).split(" ");
		return new Version(UUID.fromString(parts[0]), Integer.parseInt(parts[1]));
	}

	private void takeBack(RoundTableEvent event) {
		this.outbox.of(event.number())
			.stream()
			.filter((alert) -> alert.deadlineVersion().startsWith(VERSION + event.roundTable() + " "))
			.filter((alert) -> alert.kind() != AlertKind.ROUND_TABLE_CANCELLED)
			.forEach(this.outbox::cancel);
	}

	private void tell(RoundTableEvent event, AlertKind kind, @Nullable Instant beginsAt, List<String> guests) {
		Draft draft = Draft.aboutRung(event.number(), this.files.standing(event.number()).last().id(), kind,
				VERSION + event.roundTable() + " " + event.sequence(), beginsAt, null);
		this.outbox.add(draft, guests.stream().flatMap(this.recipients::person));
	}

	/** One state of one round table. */
	record Version(UUID uid, int sequence) {
	}

}
