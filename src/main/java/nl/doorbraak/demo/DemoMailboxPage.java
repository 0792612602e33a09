package nl.doorbraak.demo;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;
import nl.doorbraak.support.web.MenuLink;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Every mail that the demo sent: one reads mail without a mail server. */
@Controller
@Profile("demo")
class DemoMailboxPage {

	private static final int MOST = 200;

	private final ObjectProvider<DemoMail> mail;

	DemoMailboxPage(ObjectProvider<DemoMail> mail) {
		this.mail = mail;
	}

	@GetMapping("/demo/postvak")
	String show(Model model, @RequestParam(required = false) @Nullable String casus) {
		DemoMail here = this.mail.getIfAvailable();
		List<String> cases = (here != null) ? here.cases() : List.of();
		String chosen = (casus != null && cases.contains(casus)) ? casus : null;
		model.addAttribute("cases", cases);
		model.addAttribute("chosen", chosen);
		model.addAttribute("elsewhere", here == null);
		model.addAttribute("mails",
				(here != null) ? here.newest(chosen, MOST).stream().map(Shown::of).toList() : List.of());
		return "demo/mailbox";
	}

	/** One mail as it is seen where it arrives: its own colours, nothing else. */
	@GetMapping("/demo/postvak/{id}")
	ResponseEntity<String> look(@PathVariable long id) {
		String html = Optional.ofNullable(this.mail.getIfAvailable())
			.flatMap((here) -> here.html(id))
			.orElseThrow(Refused::notFound);
		return ResponseEntity.ok()
			.contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
			.header("Content-Security-Policy",
					"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
			.body(html);
	}

	/**
	 * A mail with its moment in Dutch.
	 *
	 * @param link the path of its button
	 */
	public record Shown(long id, String recipient, String subject, String text, String sentAt, boolean sent,
			@Nullable String link) {

		private static final Pattern LINK = Pattern
			.compile("/(?:(?:bericht|regie)/[0-9a-f-]{36}|bereikbaarheid/proef/[0-9]+|inwoner/[0-9a-z-]{29})");

		static Shown of(DemoMail.Mail mail) {
			Matcher link = LINK.matcher(mail.text());
			return new Shown(mail.id(), mail.recipient(), mail.subject(), mail.text(), DutchTime.moment(mail.sentAt()),
					mail.sent(), link.find() ? link.group() : null);
		}

	}

	/** Its door and its place in the menu. */
	@Configuration(proxyBeanMethods = false)
	@Profile("demo")
	static class Registration {

		@Bean
		Routes mailboxRoutes() {
			return () -> List.of(Route.get("/demo/postvak", Route.LOGGED_IN),
					Route.get("/demo/postvak/*", Route.LOGGED_IN));
		}

		@Bean
		MenuLink mailboxLink() {
			return new MenuLink("/demo/postvak", "Postvak");
		}

	}

}
