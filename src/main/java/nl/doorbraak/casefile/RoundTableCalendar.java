package nl.doorbraak.casefile;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.UUID;

import net.fortuna.ical4j.data.CalendarOutputter;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.parameter.Cn;
import net.fortuna.ical4j.model.parameter.PartStat;
import net.fortuna.ical4j.model.parameter.Role;
import net.fortuna.ical4j.model.parameter.Rsvp;
import net.fortuna.ical4j.model.property.Attendee;
import net.fortuna.ical4j.model.property.Description;
import net.fortuna.ical4j.model.property.DtEnd;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.Location;
import net.fortuna.ical4j.model.property.Method;
import net.fortuna.ical4j.model.property.Organizer;
import net.fortuna.ical4j.model.property.Sequence;
import net.fortuna.ical4j.model.property.Summary;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.Url;
import net.fortuna.ical4j.model.property.immutable.ImmutableClazz;
import net.fortuna.ical4j.model.property.immutable.ImmutableMethod;
import net.fortuna.ical4j.model.property.immutable.ImmutableStatus;
import nl.doorbraak.directory.Directory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * A round table as a file for calendars (RFC 5545, RFC 5546): case number, time, the name
 * of an organisation, a link, and nobody but the reader. Nothing in it was typed by
 * anybody, because calendars are shared.
 */
@Component
public class RoundTableCalendar {

	private final RoundTables tables;

	private final Directory directory;

	private final URI address;

	private final String from;

	RoundTableCalendar(RoundTables tables, Directory directory, @Value("${doorbraak.address}") URI address,
			@Value("${doorbraak.alert.from}") String from) {
		this.tables = tables;
		this.directory = directory;
		this.address = address;
		this.from = from.replaceFirst("^.*<(.*)>$", "$1");
	}

	/** Asks the reader, or asks again after a move: the calendar replaces what it has. */
	public String invitation(RoundTable table, String reader) {
		return write(ImmutableMethod.REQUEST, table, table.sequence(), reader);
	}

	/**
	 * Takes it out of the reader's calendar.
	 * @param table as the reader has it
	 * @param sequence of what came after
	 */
	public String cancellation(RoundTable table, int sequence, String reader) {
		return write(ImmutableMethod.CANCEL, table, sequence, reader);
	}

	/**
	 * The same for a meeting that is about no case, which one puts in a calendar by hand.
	 */
	public String copy(Meeting meeting) {
		return write(ImmutableMethod.PUBLISH, meeting, 0, null);
	}

	/** For who puts it in a calendar by hand. */
	public String copy(RoundTable table) {
		return write(ImmutableMethod.PUBLISH, table, table.sequence(), null);
	}

	/** Where it is, as everybody may know. */
	public String where(RoundTable table) {
		String host = table.host();
		return (host != null) ? "Bij " + this.directory.getOrganisation(host).name()
				: this.tables.writtenPlace(table).isEmpty() ? "Online" : "Online: de link staat in de casus";
	}

	private String write(Method method, RoundTable table, int sequence, @Nullable String reader) {
		return write(method,
				new Meeting(table.uid(), table.madeAt(), table.beginsAt(), table.endsAt(),
						"Rondetafel [" + table.number() + "]", where(table), "Open de casus",
						"/casus/" + table.number() + "/rondetafel"),
				sequence, reader);
	}

	private String write(Method method, Meeting meeting, int sequence, @Nullable String reader) {
		URI page = this.address.resolve(meeting.path());
		Organizer organizer = new Organizer(mailto(this.from));
		organizer.add(new Cn("Doorbraak"));
		VEvent event = new VEvent(false);
		event.add(new Uid(meeting.uid() + "@" + this.address.getHost()));
		event.add(new Sequence(sequence));
		event.add(new DtStamp(meeting.madeAt()));
		event.add(new DtStart<Instant>(meeting.beginsAt()));
		event.add(new DtEnd<Instant>(meeting.endsAt()));
		event.add(new Summary(meeting.title()));
		event.add(new Location(meeting.where()));
		event.add(new Description(meeting.open() + ": " + page));
		event.add(new Url(page));
		event.add(ImmutableClazz.PRIVATE);
		event.add(method.equals(ImmutableMethod.CANCEL) ? ImmutableStatus.VEVENT_CANCELLED
				: ImmutableStatus.VEVENT_CONFIRMED);
		event.add(organizer);
		if (reader != null) {
			Attendee attendee = new Attendee(mailto(reader));
			attendee.add(Role.REQ_PARTICIPANT);
			attendee.add(PartStat.NEEDS_ACTION);
			attendee.add(Rsvp.FALSE);
			event.add(attendee);
		}
		Calendar calendar = new Calendar().withDefaults()
			.withProdId("-//Doorbraak//Rondetafel//NL")
			.withProperty(method)
			.withComponent(event)
			.getFluentTarget();
		StringWriter file = new StringWriter();
		try {
			new CalendarOutputter().output(calendar, file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return file.toString();
	}

	private static URI mailto(String address) {
		try {
			return new URI("mailto", address, null);
		}
		catch (URISyntaxException ex) {
			throw new IllegalArgumentException("Not an address", ex);
		}
	}

	/**
	 * What a calendar must know of a meeting; nothing in it was typed by anybody.
	 *
	 * @param open what the link does
	 * @param path of the page it leads to
	 */
	public record Meeting(UUID uid, Instant madeAt, Instant beginsAt, Instant endsAt, String title, String where,
			String open, String path) {
	}

}
