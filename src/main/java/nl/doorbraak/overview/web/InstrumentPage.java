package nl.doorbraak.overview.web;

import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import nl.doorbraak.casefile.Power;
import nl.doorbraak.casefile.Reservation;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.learning.Example;
import nl.doorbraak.learning.Examples;
import nl.doorbraak.mandate.Mandates;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * What one may do: each instrument with the law it rests on, who may use it where the
 * reader works, as the register says today, and an example from the bank.
 */
@Controller
class InstrumentPage {

	/** Who may decide a little: the ceilings stand in the register. */
	private static final long LITTLE = 100;

	private final Mandates mandates;

	private final Examples examples;

	private final Directory directory;

	InstrumentPage(Mandates mandates, Examples examples, Directory directory) {
		this.mandates = mandates;
		this.examples = examples;
		this.directory = directory;
	}

	@GetMapping("/instrumenten")
	String show(Model model, Principal reader) {
		Organisation municipality = this.directory.getOfficer(reader.getName())
			.posts()
			.stream()
			.map((post) -> this.directory.getOrganisation(post.organisation()))
			.filter((each) -> each.kind() == Organisation.Kind.MUNICIPALITY)
			.findFirst()
			.orElse(null);
		model.addAttribute("municipality", municipality);
		model.addAttribute("instruments",
				Stream.of(Instrument.values())
					.map((each) -> new Line(each, who(each, municipality), example(each).orElse(null)))
					.toList());
		return "overview/instruments";
	}

	private List<Mandates.Candidate> who(Instrument instrument, @Nullable Organisation municipality) {
		Power power = instrument.power();
		return (municipality == null || power == null) ? List.of()
				: this.mandates
					.whoMayDecide(municipality, municipality,
							new Mandates.Question(Rung.LOCAL, power, LITTLE, instrument.deviates(), Reservation.NONE,
									false, null))
					.competent();
	}

	private Optional<Example> example(Instrument instrument) {
		return this.examples.find(instrument.words(), "", "").stream().findFirst();
	}

	/**
	 * An instrument.
	 *
	 * @param who may decide it in the reader's municipality, in the order in which they
	 * are asked
	 * @param example null: the bank has none yet
	 */
	public record Line(Instrument instrument, List<Mandates.Candidate> who, @Nullable Example example) {

		public Line {
			who = List.copyOf(who);
		}

	}

}
