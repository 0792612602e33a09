package nl.doorbraak.mandate.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.servlet.http.HttpServletResponse;
import nl.doorbraak.casefile.Power;
import nl.doorbraak.casefile.Reservation;
import nl.doorbraak.casefile.Threat;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.mandate.Mandates;
import nl.doorbraak.mandate.Mandates.Question;
import nl.doorbraak.mandate.Mandates.Taken;
import nl.doorbraak.mandate.RegisterView;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.SheetFile;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The register of mandates, and the question who may decide something today. */
@Controller
class MandatePages {

	private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

	private final Mandates mandates;

	MandatePages(Mandates mandates) {
		this.mandates = mandates;
	}

	@GetMapping("/mandaten")
	String register(Model model, Principal reader, @RequestParam(required = false) @Nullable String orgaan,
			@RequestParam(defaultValue = "") String zoek, @RequestParam(defaultValue = "") String staat) {
		Organisation body = this.mandates.body(reader.getName(), orgaan);
		RegisterView view = this.mandates.view(body);
		model.addAttribute("body", body);
		model.addAttribute("bodies", this.mandates.bodies(reader.getName()));
		model.addAttribute("view", view);
		model.addAttribute("occupants", this.mandates.occupants(body));
		model.addAttribute("found", view.matching(zoek, view.states().contains(staat) ? staat : ""));
		model.addAttribute("search", zoek);
		model.addAttribute("state", staat);
		model.addAttribute("keeps", this.mandates.keeps(reader.getName()));
		return "mandate/register";
	}

	@GetMapping("/mandaten/bevoegd")
	String whoMayDecide(Model model, Principal reader, HttpServletResponse response, Asked asked) {
		Organisation body = this.mandates.body(reader.getName(), asked.orgaan());
		List<Organisation> municipalities = this.mandates.municipalities(body);
		model.addAttribute("municipalities", municipalities);
		model.addAttribute("body", body);
		model.addAttribute("bodies", this.mandates.bodies(reader.getName()));
		model.addAttribute("asked", asked);
		model.addAttribute("rungs", Rung.values());
		model.addAttribute("powers", Power.values());
		model.addAttribute("reservations", Reservation.values());
		model.addAttribute("threats", Threat.values());
		if (asked.niveau() != null) {
			try {
				Question question = asked.question();
				asked.municipality(body, municipalities)
					.ifPresentOrElse((municipality) -> model.addAttribute("answer",
							this.mandates.whoMayDecide(body, municipality, question)), () -> {
								response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
								model.addAttribute("askMunicipality", true);
							});
			}
			catch (Refused ex) {
				if (ex.kind() != Refused.Kind.INVALID) {
					throw ex;
				}
				response.setStatus(ex.kind().status());
				model.addAttribute("error", ex.sentence());
				model.addAttribute("errorField", ex.field());
			}
		}
		return "mandate/who";
	}

	@GetMapping("/mandaten.csv")
	ResponseEntity<byte[]> export(Principal reader, @RequestParam(required = false) @Nullable String orgaan) {
		Organisation body = this.mandates.body(reader.getName(), orgaan);
		return file("mandaatregister-" + body.id() + ".csv", this.mandates.export(body));
	}

	@GetMapping("/mandaten/voorbeeld.csv")
	ResponseEntity<byte[]> example(Principal reader, @RequestParam(required = false) @Nullable String orgaan) {
		Organisation body = this.mandates.body(reader.getName(), orgaan);
		return file("voorbeeld-mandaatregister.csv", this.mandates.example(body));
	}

	private static ResponseEntity<byte[]> file(String name, String text) {
		return ResponseEntity.ok()
			.contentType(CSV)
			.header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment().filename(name).build().toString())
			.body(text.getBytes(StandardCharsets.UTF_8));
	}

	@PostMapping("/mandaten/importeren")
	String take(Model model, Principal keeper, HttpServletResponse response, RedirectAttributes after,
			@RequestParam(required = false) @Nullable MultipartFile bestand) throws IOException {
		if (bestand == null || bestand.isEmpty()) {
			throw Refused.invalid("no-file", "Kies eerst een CSV-bestand.", "bestand");
		}
		Taken taken = this.mandates.take(keeper.getName(), SheetFile.text(bestand.getBytes()));
		if (taken.problems().isEmpty()) {
			after.addFlashAttribute("taken", taken);
			return "redirect:/mandaten";
		}
		response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
		model.addAttribute("problems", taken.problems());
		return register(model, keeper, null, "", "");
	}

	/** The question as it was typed; what is left open is not known. */
	public record Asked(@Nullable String orgaan, @Nullable String gemeente, @Nullable String niveau,
			@Nullable String bevoegdheid, @Nullable String bedrag, @Nullable String afwijken,
			@Nullable String voorbehouden, @Nullable String crisis, @Nullable String dreiging) {

		Question question() {
			Rung rung = Stream.of(Rung.values())
				.filter((each) -> each.code().equals(this.niveau))
				.findFirst()
				.orElseThrow(Asked::notInTheList);
			return new Question(rung, one(Power.class, this.bevoegdheid), cents(), deviates(),
					isEmpty(this.voorbehouden) ? null : one(Reservation.class, this.voorbehouden),
					"ja".equals(this.crisis), isEmpty(this.dreiging) ? null : one(Threat.class, this.dreiging));
		}

		/** A municipality has itself; another body says which it is about. */
		Optional<Organisation> municipality(Organisation body, List<Organisation> all) {
			return all.contains(body) ? Optional.of(body)
					: all.stream().filter((each) -> each.id().equals(this.gemeente)).findFirst();
		}

		private @Nullable Long cents() {
			String typed = this.bedrag;
			return (typed == null || typed.isBlank()) ? null
					: Mandates.cents(typed)
						.orElseThrow(() -> Refused.invalid("amount",
								"Vul het bedrag in zoals 2.500,00, of laat het leeg als u het niet weet.", "bedrag"));
		}

		private @Nullable Boolean deviates() {
			return switch ((this.afwijken != null) ? this.afwijken : "") {
				case "" -> null;
				case "ja" -> Boolean.TRUE;
				case "nee" -> Boolean.FALSE;
				default -> throw notInTheList();
			};
		}

		private static boolean isEmpty(@Nullable String text) {
			return text == null || text.isEmpty();
		}

		private static <T extends Enum<T> & Coded> T one(Class<T> type, @Nullable String code) {
			return Coded.find(type, (code != null) ? code : "").orElseThrow(Asked::notInTheList);
		}

		private static Refused notInTheList() {
			return Refused.invalid("not-in-the-list", "Kies bij elke vraag een antwoord uit de lijst.");
		}

	}

	/** Their doors. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes mandateRoutes() {
			Set<String> readers = Mandates.READERS.stream().map(Function::code).collect(Collectors.toSet());
			Stream<Route> pages = Stream
				.of("/mandaten", "/mandaten/bevoegd", "/mandaten.csv", "/mandaten/voorbeeld.csv")
				.map((path) -> Route.get(path, readers));
			Route take = Route.post("/mandaten/importeren", Set.of(Function.ADMINISTRATOR.code()));
			List<Route> all = Stream.concat(pages, Stream.of(take)).toList();
			return () -> all;
		}

	}

}
