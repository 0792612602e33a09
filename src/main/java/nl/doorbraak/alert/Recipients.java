package nl.doorbraak.alert;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

import nl.doorbraak.alert.Alert.Channel;
import nl.doorbraak.alert.Outbox.Recipient;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.directory.Reach;
import nl.doorbraak.reachability.Holes;
import nl.doorbraak.support.DutchTime;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Who is told. There is always at least one. Where nobody of who is meant can be reached
 * now, the next in line is told as well, so that no time is lost, and the hole is
 * reported.
 */
@Component
class Recipients {

	private final CaseFiles files;

	private final Directory directory;

	private final Reach reach;

	private final Holes holes;

	private final ObjectProvider<TextCarrier> texts;

	private final Clock clock;

	Recipients(CaseFiles files, Directory directory, Reach reach, Holes holes, ObjectProvider<TextCarrier> texts,
			Clock clock) {
		this.files = files;
		this.directory = directory;
		this.reach = reach;
		this.holes = holes;
		this.texts = texts;
		this.clock = clock;
	}

	/**
	 * The persons who have the case, whatever functions they hold now, and who stands in
	 * for them; the managers of the municipality when there are none.
	 */
	Stream<Recipient> team(String number, String municipality) {
		List<String> team = this.files.team(number);
		if (team.isEmpty()) {
			return holders(number, Function.MANAGER, municipality);
		}
		Stream<Recipient> told = Stream.concat(
				team.stream().map((login) -> new Recipient(Function.CASE_DIRECTOR, municipality, login)),
				standIns(team));
		if (this.reach.reaches(team, today())) {
			return told;
		}
		this.holes.report(Function.CASE_DIRECTOR, municipality, number);
		return Stream.concat(told, next(number, Function.CASE_DIRECTOR, municipality));
	}

	/** The same person by text message too, where there is a provider and a number. */
	Stream<Recipient> byText(Recipient to) {
		boolean can = this.texts.getIfAvailable() != null && to.login() != null
				&& this.directory.getOfficer(to.login()).mobile() != null;
		return can ? Stream.of(new Recipient(to.function(), to.body(), to.login(), to.because(), Channel.SMS))
				: Stream.empty();
	}

	/** The person who has accepted the lead, as what they are. */
	Stream<Recipient> lead(String number) {
		return this.files.lead(number).stream().flatMap(this::person);
	}

	/** Somebody, as what they are. */
	Stream<Recipient> person(String login) {
		return person(login, null);
	}

	private Stream<Recipient> person(String login, @Nullable String because) {
		return this.directory.findOfficer(login)
			.stream()
			.flatMap((officer) -> officer.posts()
				.stream()
				.limit(1)
				.map((post) -> new Recipient(post.function(), post.organisation(), officer.login(), because)));
	}

	/**
	 * Everybody with the function there, whether or not they can be reached; the mailbox
	 * of the body when there is nobody.
	 */
	Stream<Recipient> holders(Function function, String body) {
		List<Recipient> holders = this.directory.officersOf(body, function)
			.stream()
			.map((officer) -> new Recipient(function, body, officer.login()))
			.toList();
		return holders.isEmpty() ? Stream.of(new Recipient(function, body, null)) : holders.stream();
	}

	/**
	 * The same and who stands in for them; where none of them can be reached now also the
	 * next in line of the case.
	 */
	Stream<Recipient> holders(String number, Function function, String body) {
		Stream<Recipient> told = Stream.concat(holders(function, body), standIns(logins(function, body)));
		if (this.reach.reaches(function, body, today())) {
			return told;
		}
		this.holes.report(function, body, "");
		return Stream.concat(told, next(number, function, body));
	}

	/** Managers, director, process directors of the region, administrators. */
	private Stream<Recipient> next(String number, Function function, String body) {
		String home = (this.directory.getOrganisation(body).kind() == Organisation.Kind.MUNICIPALITY) ? body
				: this.files.standing(number).municipality();
		String region = this.directory.getOrganisation(home).region();
		return Stream
			.of(new Officer.Post(Function.MANAGER, home), new Officer.Post(Function.DIRECTOR, home),
					new Officer.Post(Function.PROCESS_DIRECTOR, (region != null) ? region : home),
					new Officer.Post(Function.ADMINISTRATOR, home))
			.filter((post) -> !post.equals(new Officer.Post(function, body)))
			.filter((post) -> this.reach.reaches(post.function(), post.organisation(), today()))
			.findFirst()
			.stream()
			.flatMap((post) -> Stream.concat(
					logins(post.function(), post.organisation()).stream()
						.map((login) -> new Recipient(post.function(), post.organisation(), login, "next")),
					standIns(logins(post.function(), post.organisation()))));
	}

	private Stream<Recipient> standIns(List<String> logins) {
		return this.reach.deputies(logins, today()).stream().flatMap((deputy) -> person(deputy, "deputy"));
	}

	private List<String> logins(Function function, String body) {
		return this.directory.officersOf(body, function).stream().map(Officer::login).toList();
	}

	private LocalDate today() {
		return DutchTime.day(this.clock.instant());
	}

}
