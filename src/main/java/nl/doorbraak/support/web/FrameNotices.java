package nl.doorbraak.support.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import nl.doorbraak.support.Installation;
import nl.doorbraak.support.security.Account;
import nl.doorbraak.support.security.Accounts;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** What stands over every page at this moment, also over those that are not ours. */
@Component
public class FrameNotices {

	private static final Locale DUTCH = Locale.forLanguageTag("nl");

	private final List<FrameNotice> all;

	private final Accounts accounts;

	private final Installation installation;

	private final MessageSource messages;

	FrameNotices(List<FrameNotice> all, Accounts accounts, Installation installation, MessageSource messages) {
		this.all = all;
		this.accounts = accounts;
		this.installation = installation;
		this.messages = messages;
	}

	/** For this reader. */
	List<FrameNotice> of(Account reader) {
		return this.all.stream().filter((notice) -> notice.standsFor(reader)).toList();
	}

	/** The same in Dutch, with what is said to everybody, for a page of Tasklist. */
	public List<Said> inDutch(String login) {
		List<Said> said = new ArrayList<>();
		if (this.installation.isAcceptance()) {
			said.add(new Said(dutch("page.acceptance"), null, null));
		}
		this.accounts.find(login)
			.ifPresent((reader) -> of(reader).forEach((notice) -> said
				.add(new Said(dutch(notice.sentence()), notice.path(), dutch("page.notice.open")))));
		return said;
	}

	private String dutch(String key) {
		return this.messages.getMessage(key, null, DUTCH);
	}

	/**
	 * A notice in words.
	 *
	 * @param path where it leads; null: nowhere
	 * @param link the words of that link
	 */
	public record Said(String sentence, @Nullable String path, @Nullable String link) {
	}

}
