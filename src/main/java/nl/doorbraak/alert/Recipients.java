package nl.doorbraak.alert;

import java.util.List;
import java.util.stream.Stream;

import nl.doorbraak.alert.Outbox.Recipient;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;

import org.springframework.stereotype.Component;

/** Who holds a function now. There is always at least one. */
@Component
class Recipients {

	private final CaseFiles files;

	private final Directory directory;

	Recipients(CaseFiles files, Directory directory) {
		this.files = files;
		this.directory = directory;
	}

	/**
	 * The persons who have the case, whatever functions they hold now; the managers of
	 * the municipality when there are none.
	 */
	Stream<Recipient> team(String number, String municipality) {
		List<String> team = this.files.team(number);
		return team.isEmpty() ? holders(Function.MANAGER, municipality)
				: team.stream().map((login) -> new Recipient(Function.CASE_DIRECTOR, municipality, login));
	}

	/** The person who has accepted the lead, as what they are. */
	Stream<Recipient> lead(String number) {
		return this.files.lead(number).stream().flatMap(this::person);
	}

	/** Somebody, as what they are. */
	Stream<Recipient> person(String login) {
		return this.directory.findOfficer(login)
			.stream()
			.flatMap((officer) -> officer.posts()
				.stream()
				.limit(1)
				.map((post) -> new Recipient(post.function(), post.organisation(), officer.login())));
	}

	/**
	 * Everybody with the function there; the mailbox of the body when there is nobody.
	 */
	Stream<Recipient> holders(Function function, String body) {
		List<Recipient> holders = this.directory.officersOf(body, function)
			.stream()
			.map((officer) -> new Recipient(function, body, officer.login()))
			.toList();
		return holders.isEmpty() ? Stream.of(new Recipient(function, body, null)) : holders.stream();
	}

}
