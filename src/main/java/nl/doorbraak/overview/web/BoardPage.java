package nl.doorbraak.overview.web;

import java.security.Principal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.doorbraak.agency.AgencyRequests;
import nl.doorbraak.agency.RequestKind;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.CaseLine;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.lead.Lead;
import nl.doorbraak.lead.Leads;
import nl.doorbraak.lead.RefusalReason;
import nl.doorbraak.mandate.Proposals;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The board: the reader's open cases that nobody leads, that wait for a signature and
 * that wait for an answer. Codes and dates only: a list is no reading of a case. Asks for
 * itself again while it is open.
 */
@Controller
class BoardPage {

	/** More than anybody can look at; the rows say how many they are. */
	private static final int MOST = 2_000;

	private static final int ROWS = 100;

	/**
	 * Twenty minutes of every half minute: less than a session lasts, or a board that
	 * nobody looks at would keep its reader logged in.
	 */
	private static final String AGAIN = "40";

	private final CaseFiles files;

	private final Leads leads;

	private final Proposals proposals;

	private final AgencyRequests requests;

	private final Directory directory;

	private final Clock clock;

	BoardPage(CaseFiles files, Leads leads, Proposals proposals, AgencyRequests requests, Directory directory,
			Clock clock) {
		this.files = files;
		this.leads = leads;
		this.proposals = proposals;
		this.requests = requests;
		this.directory = directory;
		this.clock = clock;
	}

	/**
	 * @param left how often the page still asks again by itself
	 */
	@GetMapping("/bord")
	String board(Model model, Principal reader, @RequestParam(name = "toon", defaultValue = "regie") String shown,
			@RequestParam(name = "nog", defaultValue = AGAIN) int left) {
		Part part = Part.of(shown);
		List<CaseLine> cases = this.files.listFor(reader.getName(), MOST);
		Set<String> numbers = cases.stream().map(CaseLine::number).collect(Collectors.toSet());
		List<Nobody> nobody = nobody(reader.getName(), cases);
		List<Proposals.Waiting> toSign = this.proposals.waiting(numbers);
		List<Asked> toAnswer = this.requests.waiting(numbers)
			.stream()
			.map((each) -> new Asked(each.number(), each.agency(), each.kind(), each.askedAt(), each.dueAt(),
					each.explanation(), each.state()))
			.toList();
		model.addAttribute("part", part);
		model.addAttribute("parts", Part.values());
		model.addAttribute("counts",
				Map.of(Part.LEAD, nobody.size(), Part.SIGNATURE, toSign.size(), Part.ANSWER, toAnswer.size()));
		model.addAttribute("nobody", nobody.stream().limit(ROWS).toList());
		model.addAttribute("toSign", toSign.stream().limit(ROWS).toList());
		model.addAttribute("toAnswer", toAnswer.stream().limit(ROWS).toList());
		model.addAttribute("lines", cases.stream().collect(Collectors.toMap(CaseLine::number, Function.identity())));
		model.addAttribute("rows", ROWS);
		model.addAttribute("left", Math.min(Math.max(left, 0), Integer.parseInt(AGAIN)));
		model.addAttribute("now", this.clock.instant());
		model.addAttribute("bodies", (UnaryOperator<String>) (id) -> this.directory.getOrganisation(id).name());
		return "overview/board";
	}

	/** The nearest event first; without an event who waits longest. */
	private List<Nobody> nobody(String login, List<CaseLine> cases) {
		Set<String> without = this.leads.withoutLead(
				cases.stream().filter((line) -> !line.carryOut()).map(CaseLine::number).collect(Collectors.toSet()));
		Map<String, List<Lead>> asks = this.leads.asks(without);
		Set<Long> mine = this.leads.mine(login, asks.values().stream().flatMap(Collection::stream).toList());
		Set<String> team = this.files.teams(without)
			.entrySet()
			.stream()
			.filter((each) -> each.getValue().contains(login))
			.map(Map.Entry::getKey)
			.collect(Collectors.toSet());
		Instant now = this.clock.instant();
		return cases.stream().filter((line) -> without.contains(line.number())).map((line) -> {
			List<Lead> all = asks.getOrDefault(line.number(), List.of());
			boolean asked = all.stream().map(Lead::id).anyMatch(mine::contains);
			return new Nobody(line, hours(line.eventDate(), now),
					all.stream().filter((lead) -> lead.state() == Lead.State.ASKED).toList(),
					all.stream().filter((lead) -> lead.reason() != null).map(No::of).toList(),
					asked || team.contains(line.number()));
		}).sorted(Comparator.comparing((row) -> (row.hours() != null) ? row.hours() : Long.MAX_VALUE)).toList();
	}

	private static @Nullable Long hours(@Nullable LocalDate event, Instant now) {
		return (event != null) ? Duration.between(now, event.atStartOfDay(DutchTime.ZONE).toInstant()).toHours() : null;
	}

	/** What the board shows. */
	public enum Part {

		LEAD("regie"), SIGNATURE("akkoord"), ANSWER("antwoord");

		private final String code;

		Part(String code) {
			this.code = code;
		}

		public String code() {
			return this.code;
		}

		static Part of(String code) {
			return Stream.of(values())
				.filter((each) -> each.code.equals(code))
				.findFirst()
				.orElseThrow(Refused::notFound);
		}

	}

	/**
	 * A case that nobody leads.
	 *
	 * @param hours until the day of the event begins; below zero after it, null without
	 * one
	 * @param asked who has not answered yet
	 * @param noes who said no or gave it back, oldest first
	 * @param mayTake whether the reader can take the lead with one act
	 */
	public record Nobody(CaseLine line, @Nullable Long hours, List<Lead> asked, List<No> noes, boolean mayTake) {
	}

	/** A no. */
	public record No(String organisation, RefusalReason reason) {

		static No of(Lead lead) {
			return new No(lead.organisation(), Coded.of(RefusalReason.class, String.valueOf(lead.reason())));
		}

	}

	/** A question to an agency. */
	public record Asked(String number, String agency, RequestKind kind, Instant askedAt, Instant dueAt, String why,
			String state) {
	}

}
