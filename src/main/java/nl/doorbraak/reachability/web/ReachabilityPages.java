package nl.doorbraak.reachability.web;

import java.security.Principal;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.reachability.Finding;
import nl.doorbraak.reachability.Finding.Moment;
import nl.doorbraak.reachability.Holes;
import nl.doorbraak.reachability.Reachability;
import nl.doorbraak.reachability.Reachability.Report;
import nl.doorbraak.reachability.TestRounds;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Whether the levels reach somebody, for who can mend it; and where somebody says that a
 * test message arrived.
 */
@Controller
class ReachabilityPages {

	private static final Set<Function> READERS = Set.of(Function.ADMINISTRATOR, Function.MANAGER);

	private final Reachability reachability;

	private final TestRounds rounds;

	private final Holes holes;

	private final Directory directory;

	ReachabilityPages(Reachability reachability, TestRounds rounds, Holes holes, Directory directory) {
		this.reachability = reachability;
		this.rounds = rounds;
		this.holes = holes;
		this.directory = directory;
	}

	@GetMapping("/bereikbaarheid")
	String check(Model model, Principal reader) {
		Organisation own = own(reader.getName());
		// What is everybody's, and the own body, may be named; of other municipalities of
		// the region only whether they reach somebody.
		List<Report> reports = this.reachability.municipalities()
			.stream()
			.filter((each) -> String.valueOf(each.region()).equals(own.region()))
			.sorted(Comparator.comparing((Organisation each) -> !each.id().equals(own.id()))
				.thenComparing(Organisation::name))
			.map(this.reachability::check)
			.toList();
		Report mine = reports.get(0);
		model.addAttribute("own", own);
		model.addAttribute("reports", reports);
		model.addAttribute("rungs", List.of(Rung.values()));
		model.addAttribute("days", this.reachability.days());
		model.addAttribute("bad", cells(mine, "bad"));
		model.addAttribute("warn", cells(mine, "warn"));
		model.addAttribute("all", Rung.values().length * Moment.values().length);
		model.addAttribute("lines", mine.findings().stream().map(this::line).toList());
		model.addAttribute("holes",
				this.holes.concerning(own)
					.stream()
					.map((hole) -> new HoleLine(hole, post(hole.function(), hole.body())))
					.toList());
		model.addAttribute("round", this.rounds.last(own.id()).orElse(null));
		return "reachability/check";
	}

	private static long cells(Report report, String word) {
		return Stream.of(Rung.values())
			.flatMap((rung) -> Stream.of(Moment.values()).map((moment) -> report.word(rung, moment)))
			.filter(word::equals)
			.count();
	}

	private Line line(Finding finding) {
		return new Line(finding, post(finding.function(), finding.body()),
				(finding.person() != null) ? this.directory.nameOf(finding.person()) : "",
				post(finding.mends(), finding.mendsAt()),
				this.directory.officersOf(finding.mendsAt(), finding.mends()).stream().map(Officer::name).toList());
	}

	private Post post(Function function, String body) {
		return new Post(function, this.directory.getOrganisation(body).name());
	}

	@PostMapping("/bereikbaarheid/proef")
	String begin(Principal actor, @RequestParam(defaultValue = "") String municipality) {
		Organisation own = own(actor.getName());
		if (!own.id().equals(municipality)) {
			throw Refused.notFound();
		}
		this.rounds.begin(actor.getName(), own);
		return "redirect:/bereikbaarheid#proef";
	}

	private Organisation own(String login) {
		return this.directory.getOfficer(login)
			.posts()
			.stream()
			.filter((post) -> READERS.contains(post.function()))
			.map((post) -> this.directory.getOrganisation(post.organisation()))
			.filter((each) -> each.kind() == Organisation.Kind.MUNICIPALITY)
			.findFirst()
			.orElseThrow(Refused::notFound);
	}

	@GetMapping("/bereikbaarheid/proef/{round}")
	String asked(Model model, Principal reader, @PathVariable long round) {
		model.addAttribute("confirmed", this.rounds.isConfirmed(reader.getName(), round));
		model.addAttribute("round", round);
		return "reachability/confirm";
	}

	@PostMapping("/bereikbaarheid/proef/{round}/bevestigen")
	String confirm(Principal actor, @PathVariable long round) {
		this.rounds.confirm(actor.getName(), round);
		return "redirect:/bereikbaarheid/proef/" + round;
	}

	/**
	 * A finding in words.
	 *
	 * @param names who can mend it
	 */
	public record Line(Finding finding, Post post, String person, Post mends, List<String> names) {
	}

	/** A function that reached nobody when it had to. */
	public record HoleLine(Holes.Hole hole, Post post) {
	}

	/** A function at an organisation, by its name. */
	public record Post(Function function, String organisation) {
	}

	/** Their doors. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes reachabilityRoutes() {
			Set<String> readers = Set.of(Function.ADMINISTRATOR.code(), Function.MANAGER.code());
			List<Route> all = List.of(Route.get("/bereikbaarheid", readers),
					Route.post("/bereikbaarheid/proef", readers), Route.get("/bereikbaarheid/proef/*", Route.LOGGED_IN),
					Route.post("/bereikbaarheid/proef/*/bevestigen", Route.LOGGED_IN));
			return () -> all;
		}

	}

}
