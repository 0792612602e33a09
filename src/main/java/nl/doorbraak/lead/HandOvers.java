package nl.doorbraak.lead;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

import nl.doorbraak.casefile.CaseEvents.CaseClosed;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.lead.LeadEvents.LeadHandOverDeclined;
import nl.doorbraak.lead.LeadEvents.LeadHandOverOffered;
import nl.doorbraak.lead.LeadEvents.LeadHandOverWithdrawn;
import nl.doorbraak.lead.LeadEvents.LeadReturned;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The warm hand-over: who has the lead offers it to the next person, and keeps it until
 * that person accepts.
 */
@Service
public class HandOvers {

	private final JdbcClient db;

	private final Leads leads;

	private final CaseFiles files;

	private final Directory directory;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	HandOvers(JdbcClient db, Leads leads, CaseFiles files, Directory directory, Clock clock,
			ApplicationEventPublisher events) {
		this.db = db;
		this.leads = leads;
		this.files = files;
		this.directory = directory;
		this.clock = clock;
		this.events = events;
	}

	/** Who can take over: colleagues of who has the lead, and the team of the case. */
	public List<Officer> nextOnes(Lead lead) {
		List<String> team = this.files.team(lead.number());
		Predicate<Officer> colleague = (officer) -> officer.posts()
			.stream()
			.anyMatch((post) -> post.organisation().equals(lead.organisation()));
		return this.directory.allOfficers()
			.stream()
			.filter((officer) -> !officer.login().equals(lead.person()) && !officer.posts().isEmpty())
			.filter((officer) -> colleague.test(officer) || team.contains(officer.login()))
			.toList();
	}

	/**
	 * Offers the lead to somebody, who may see the case from now on.
	 * @throws Refused when the actor has no lead (409), that is nobody of
	 * {@link #nextOnes} (400), or it is offered already (409)
	 */
	@Transactional
	public void offer(String login, String number, String next) {
		if (!this.files.isOn(login, number)) {
			throw Refused.notFound();
		}
		this.files.hold(number);
		Lead lead = this.leads.current(number)
			.filter((each) -> login.equals(each.person()))
			.orElseThrow(() -> Refused.conflict("not-the-lead", "U hebt de regie van deze casus niet."));
		Officer officer = nextOnes(lead).stream()
			.filter((each) -> each.login().equals(next))
			.findFirst()
			.orElseThrow(() -> Refused.invalid("next", "Kies iemand uit de lijst.", "next"));
		open(number).ifPresent((other) -> {
			throw Refused.conflict("offered-already", "U bood de regie al aan: "
					+ this.directory.nameOf(other.offeredTo()) + " heeft nog niet geantwoord.");
		});
		List<String> bodies = officer.posts().stream().map(Officer.Post::organisation).toList();
		String organisation = bodies.contains(lead.organisation()) ? lead.organisation() : bodies.get(0);
		long id = this.db
			.sql("""
					insert into doorbraak.lead_hand_over (lead_id, case_number, offered_to, organisation_id, offered_by, offered_at)
					values (:lead, :number, :next, :organisation, :login, :now) returning id""")
			.param("lead", lead.id())
			.param("number", number)
			.param("next", next)
			.param("organisation", organisation)
			.param("login", login)
			.param("now", Timestamp.from(this.clock.instant()))
			.query(Long.class)
			.single();
		this.files.inviteNext(number, next);
		this.events.publishEvent(new LeadHandOverOffered(number, login, id, organisation, next));
	}

	/** Takes the lead over, or leaves it where it is. */
	@Transactional
	public void answer(String login, String number, boolean accept) {
		if (!this.files.isOn(login, number)) {
			throw Refused.notFound();
		}
		this.files.hold(number);
		HandOver offered = open(number).filter((each) -> each.offeredTo().equals(login))
			.orElseThrow(
					() -> Refused.conflict("not-offered", "De regie van deze casus wordt u niet (meer) aangeboden."));
		end(number, accept ? "accepted" : "declined");
		if (accept) {
			this.leads.passTo(this.leads.current(number).orElseThrow(), login, offered.organisation());
		}
		else {
			this.events.publishEvent(new LeadHandOverDeclined(number, login, offered.id(), offered.offeredBy()));
		}
	}

	/**
	 * Takes the offer back; the lead stays where it is.
	 * @throws Refused who is not on the case (404), or did not offer it (409)
	 */
	@Transactional
	public void withdraw(String login, String number) {
		if (!this.files.isOn(login, number)) {
			throw Refused.notFound();
		}
		this.files.hold(number);
		HandOver offered = open(number).filter((each) -> each.offeredBy().equals(login))
			.orElseThrow(() -> Refused.conflict("not-offered", "U biedt de regie van deze casus niet (meer) aan."));
		end(number, "withdrawn");
		this.events.publishEvent(new LeadHandOverWithdrawn(number, login, offered.id(), offered.offeredTo()));
	}

	/**
	 * Who has the lead has no function any more: it goes to the next one at once, or back
	 * to the case when there is none.
	 * @param next login; null: nobody, and the case has no lead then
	 */
	@Transactional
	public void leave(String login, String number, @Nullable String next) {
		this.files.hold(number);
		this.leads.current(number).filter((lead) -> login.equals(lead.person())).ifPresent((lead) -> {
			end(number, "lapsed");
			if (next != null) {
				this.leads.passTo(lead, next, lead.organisation());
			}
			else {
				this.leads.takeBack(lead, RefusalReason.LEFT);
			}
		});
	}

	/**
	 * Nobody offers a lead to who has no function any more where it would go.
	 * @param kept ids of the organisations where they still have one
	 */
	@Transactional
	public void lapseFor(String login, Collection<String> kept) {
		find("offered_to = :value", login).filter((offer) -> !kept.contains(offer.organisation()))
			.map(HandOver::number)
			.toList()
			.forEach((number) -> {
				this.files.hold(number);
				end(number, "lapsed");
			});
	}

	/** To whom the lead of a case is offered. */
	public Optional<HandOver> open(String number) {
		return find("case_number = :value", number).findFirst();
	}

	/** Cases whose lead is offered to this officer. */
	public List<String> waitingFor(String login) {
		return find("offered_to = :value", login).map(HandOver::number).toList();
	}

	private Stream<HandOver> find(String where, String value) {
		return this.db
			.sql("select * from doorbraak.lead_hand_over where outcome is null and " + where + " order by id limit 100")
			.param("value", value)
			.query((row, n) -> new HandOver(row.getLong("id"), row.getString("case_number"),
					row.getString("offered_to"), row.getString("organisation_id"), row.getString("offered_by"),
					row.getTimestamp("offered_at").toInstant()))
			.list()
			.stream();
	}

	@EventListener
	@Transactional
	void lapse(LeadReturned event) {
		end(event.number(), "lapsed");
	}

	@EventListener
	@Transactional
	void lapse(CaseClosed event) {
		end(event.number(), "lapsed");
	}

	private void end(String number, String outcome) {
		open(number).ifPresent((offered) -> this.files.endNext(number, offered.offeredTo()));
		this.db.sql("""
				update doorbraak.lead_hand_over set outcome = :outcome, ended_at = :now
				where case_number = :number and outcome is null""")
			.param("outcome", outcome)
			.param("now", Timestamp.from(this.clock.instant()))
			.param("number", number)
			.update();
	}

	/** A lead that waits for the next person. */
	public record HandOver(long id, String number, String offeredTo, String organisation, String offeredBy,
			Instant offeredAt) {
	}

}
