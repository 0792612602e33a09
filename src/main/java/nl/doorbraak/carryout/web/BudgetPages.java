package nl.doorbraak.carryout.web;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.doorbraak.carryout.Budgets;
import nl.doorbraak.carryout.Budgets.Wish;
import nl.doorbraak.carryout.Expenses;
import nl.doorbraak.carryout.Expenses.Line;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;
import nl.doorbraak.support.web.MenuLink;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
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
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What each team may spend and what is left; set by managers, exported for the books. */
@Controller
class BudgetPages {

	private static final CSVFormat CSV = CSVFormat.EXCEL.builder().setDelimiter(';').get();

	private final Budgets budgets;

	private final Expenses expenses;

	private final Directory directory;

	private final Clock clock;

	BudgetPages(Budgets budgets, Expenses expenses, Directory directory, Clock clock) {
		this.budgets = budgets;
		this.expenses = expenses;
		this.directory = directory;
		this.clock = clock;
	}

	@GetMapping("/budgetten")
	String show(Model model, Principal reader) {
		model.addAttribute("budgets", this.budgets.of(reader.getName()));
		model.addAttribute("sets", this.budgets.sets(reader.getName()));
		model.addAttribute("accounts", this.budgets.accounts(reader.getName()));
		model.addAttribute("year", DutchTime.day(this.clock.instant()).getYear());
		model.addAttribute("bodies", (UnaryOperator<String>) (id) -> this.directory.getOrganisation(id).name());
		return "carryout/budgets";
	}

	@PostMapping("/budgetten")
	String set(Principal actor, @RequestParam(defaultValue = "0") long id,
			@RequestParam(defaultValue = "0") int version, @RequestParam(defaultValue = "") String organisation,
			@RequestParam(defaultValue = "") String name, @RequestParam(defaultValue = "0") int year,
			@RequestParam(defaultValue = "") String amount, @RequestParam(defaultValue = "") String perCase,
			@RequestParam(defaultValue = "") String perHousehold, @RequestParam(defaultValue = "") String costCentre) {
		this.budgets.set(actor.getName(),
				new Wish(id, version, organisation, name, year, amount, perCase, perHousehold, costCentre));
		return "redirect:/budgetten";
	}

	/** A line for each expense and their sum: no text, no names. */
	@GetMapping("/budgetten/{organisation}/{year}/uitgaven.csv")
	ResponseEntity<byte[]> export(Principal reader, @PathVariable String organisation, @PathVariable int year)
			throws IOException {
		List<Line> lines = this.expenses.export(reader.getName(), organisation, year);
		StringWriter text = new StringWriter();
		text.write('\uFEFF');
		try (CSVPrinter csv = new CSVPrinter(text, CSV)) {
			csv.printRecord("Regel", "Budget", "Betaald op", "Casus", "Bedrag", "Kostenplaats", "Betaalkenmerk",
					"Getekend onder mandaat", "Draait regel terug");
			for (Line line : lines) {
				csv.printRecord(line.id(), plain(line.budget()), line.paidOn(), line.number(), euros(line.cents()),
						plain(line.costCentre()), plain(line.reference()), line.mandate(), line.reverses());
			}
			csv.printRecord("Totaal", null, null, null, euros(lines.stream().mapToLong(Line::cents).sum()), null, null,
					null, null);
		}
		return ResponseEntity.ok()
			.contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
			.header(HttpHeaders.CONTENT_DISPOSITION,
					ContentDisposition.attachment()
						.filename("uitgaven-" + organisation + "-" + year + ".csv")
						.build()
						.toString())
			.body(text.toString().getBytes(StandardCharsets.UTF_8));
	}

	/** What a spreadsheet would take for a formula is text. */
	private static @Nullable String plain(@Nullable String typed) {
		return (typed != null && !typed.isEmpty() && "=+-@\t\r".indexOf(typed.charAt(0)) >= 0) ? "'" + typed : typed;
	}

	private static String euros(long cents) {
		return BigDecimal.valueOf(cents, 2).toPlainString().replace('.', ',');
	}

	/** Its doors; whose money it is, is checked behind them. */
	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes budgetRoutes() {
			return () -> List.of(
					Route.get("/budgetten",
							codes(Function.CASE_DIRECTOR, Function.MANAGER, Function.DIRECTOR, Function.ALDERMAN,
									Function.FINANCE_ADVISER, Function.AUDITOR, Function.PROCESS_DIRECTOR)),
					Route.post("/budgetten", codes(Function.MANAGER, Function.DIRECTOR)),
					Route.get("/budgetten/*/*/uitgaven.csv",
							codes(Function.MANAGER, Function.DIRECTOR, Function.FINANCE_ADVISER, Function.AUDITOR)));
		}

		private static Set<String> codes(Function... functions) {
			return Stream.of(functions).map(Function::code).collect(Collectors.toSet());
		}

		@Bean
		MenuLink budgetsLink() {
			return new MenuLink("/budgetten", "Budgetten");
		}

	}

}
