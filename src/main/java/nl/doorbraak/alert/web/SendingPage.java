package nl.doorbraak.alert.web;

import java.io.IOException;
import java.security.Principal;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

import nl.doorbraak.alert.Sending;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.support.Nodes;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.security.Account;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;
import nl.doorbraak.support.web.FrameNotice;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Whether alerts go out; after a restore where an administrator compares what nodes noted
 * and lets them go out again.
 */
@Controller
class SendingPage {

	private static final String PATH = "/verzenden";

	private static final Set<String> ADMINISTRATORS = Set.of(Function.ADMINISTRATOR.code());

	private static final Set<String> READERS = Set.of(Function.ADMINISTRATOR.code(), Function.MANAGER.code());

	private final Sending sending;

	private final Nodes nodes;

	private final Directory directory;

	SendingPage(Sending sending, Nodes nodes, Directory directory) {
		this.sending = sending;
		this.nodes = nodes;
		this.directory = directory;
	}

	@GetMapping(PATH)
	String show(Model model, Principal reader) {
		boolean administrator = this.directory.posts(reader.getName())
			.stream()
			.anyMatch((post) -> post.function() == Function.ADMINISTRATOR);
		model.addAttribute("administrator", administrator);
		model.addAttribute("halt", this.sending.halted().orElse(null));
		model.addAttribute("waiting", this.sending.waiting());
		model.addAttribute("marked", this.sending.marked());
		List<Sending.Lost> lost = this.sending.lost();
		model.addAttribute("lost", lost);
		model.addAttribute("lostAlerts", lost.stream().mapToInt(Sending.Lost::alerts).sum());
		model.addAttribute("nodes", this.nodes.all());
		model.addAttribute("released", this.sending.released());
		model.addAttribute("names", (UnaryOperator<String>) this.directory::nameOf);
		return "alert/sending";
	}

	@PostMapping(PATH + "/journaal")
	String take(Principal actor, RedirectAttributes after,
			@RequestParam(required = false) @Nullable MultipartFile bestand) throws IOException {
		if (bestand == null || bestand.isEmpty()) {
			throw Refused.invalid("no-file", "Kies eerst het journaal van de andere server.", "bestand");
		}
		after.addFlashAttribute("compared", this.sending.take(actor.getName(), bestand.getBytes()));
		return "redirect:" + PATH;
	}

	@PostMapping(PATH + "/vrijgeven")
	String release(Principal actor, @RequestParam(defaultValue = "") String reden) {
		this.sending.release(actor.getName(), reden);
		return "redirect:" + PATH;
	}

	/** Over every page, for who can do something about it. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes sendingRoutes() {
			List<Route> all = List.of(Route.get(PATH, READERS), Route.post(PATH + "/journaal", ADMINISTRATORS),
					Route.post(PATH + "/vrijgeven", ADMINISTRATORS));
			return () -> all;
		}

		@Bean
		FrameNotice sendingNotice(Sending sending) {
			return new FrameNotice() {

				@Override
				public boolean standsFor(Account reader) {
					return reader.roles().stream().anyMatch(READERS::contains) && sending.halted().isPresent();
				}

				@Override
				public String sentence() {
					return "sending.notice";
				}

				@Override
				public String path() {
					return PATH;
				}

			};
		}

	}

}
