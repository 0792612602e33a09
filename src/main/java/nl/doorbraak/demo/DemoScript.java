package nl.doorbraak.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

import nl.doorbraak.support.DutchTime;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

import org.springframework.core.io.ClassPathResource;

/**
 * Reads the demo's cases from {@code demo/*.yaml} as acts in the order in which they
 * happened. The seed is fixed: the same moment gives the same cases.
 */
final class DemoScript {

	private static final long SEED = 2026;

	/**
	 * Days after a breakthrough on which it is announced, its carrying out is told, and
	 * its outcome.
	 */
	private static final int ANNOUNCED = 2;

	private static final int CONFIRMED = 12;

	private static final int ENDED = 20;

	/** Days after the outcome on which the team is asked how it goes. */
	private static final List<Integer> ASKED = List.of(93, 366);

	/** Within so many days after they were asked people answer. */
	private static final int ANSWERED = 8;

	private final Instant now;

	private final LocalDate today;

	private final List<Step> steps = new ArrayList<>();

	private int cases;

	private DemoScript(Instant now) {
		this.now = now;
		this.today = DutchTime.day(now);
	}

	static List<Step> read(Instant now) {
		DemoScript script = new DemoScript(now);
		script.tellStories(load("demo/stories.yaml"));
		script.tellVolume(load("demo/volume.yaml"));
		script.steps.sort(Comparator.comparing(Step::at));
		return script.steps;
	}

	private static <T> T load(String file) {
		try (InputStream text = new ClassPathResource(file).getInputStream()) {
			return new Yaml().load(text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(file, ex);
		}
	}

	/**
	 * What stands under a key.
	 * @throws NullPointerException naming the key when nothing does
	 */
	@SuppressWarnings("unchecked")
	static <T> T get(Map<String, ?> told, String key) {
		return (T) Objects.requireNonNull(told.get(key), key);
	}

	@SuppressWarnings("unchecked")
	private void tellStories(List<Map<String, Object>> stories) {
		for (Map<String, Object> story : stories) {
			int number = this.cases++;
			for (List<Object> step : DemoScript.<List<List<Object>>>get(story, "steps")) {
				int day = (Integer) step.get(0);
				add(number, this.now.plus(java.time.Duration.ofDays(day)), (String) step.get(1), (String) step.get(2),
						(Map<String, Object>) step.get(3));
			}
		}
	}

	@SuppressWarnings("unchecked")
	private void tellVolume(Map<String, Object> volume) {
		Map<String, String> paths = get(volume, "paths");
		Map<String, List<String>> names = get(volume, "names");
		List<String> first = new ArrayList<>(DemoScript.<List<String>>get(names, "first"));
		List<String> last = new ArrayList<>(DemoScript.<List<String>>get(names, "last"));
		Random random = new Random(SEED);
		Collections.shuffle(first, random);
		Collections.shuffle(last, random);
		Words words = new Words(get(volume, "sentences"), random);
		Map<String, Object> afterwards = get(volume, "afterwards");
		Map<String, Integer> behind = get(afterwards, "behind");
		Words after = new Words(get(afterwards, "sentences"), new Random(SEED));
		List<Map<String, Object>> cases = new ArrayList<>(DemoScript.<List<Map<String, Object>>>get(volume, "cases"));
		cases.addAll(many(get(volume, "many")));
		for (Map<String, Object> each : cases) {
			int number = this.cases++;
			String name = first.get(number % first.size()) + " " + last.get(number % last.size());
			Case about = new Case(each, name, LocalDate.of(1950, 1, 1).plusDays(random.nextInt(20_000)),
					510 + random.nextInt(300));
			String path = get(paths, get(each, "path"));
			tell(number, about, path, words);
			tellAfterwards(number, about, path.contains(" crisis"), behind.getOrDefault(about.by(), 0), after);
		}
	}

	/**
	 * The team looks back on a crisis and asks how it goes, but for who is so many days
	 * behind with that.
	 */
	private void tellAfterwards(int number, Case about, boolean crisis, int behind, Words words) {
		this.steps.stream()
			.filter((step) -> step.number() == number && step.act().equals("record-outcome"))
			.map(Step::at)
			.findFirst()
			.ifPresent((ended) -> {
				int day = (int) ChronoUnit.DAYS.between(this.today, DutchTime.day(ended));
				int later = 1 + number % ANSWERED;
				if (crisis && day + later <= -behind) {
					add(number, at(day + later, about.minute() + 1), about.by(),
							new Act("look-back", Map.of("couldHaveBeenDecided", words.next("earlier"), "whoCouldHave",
									words.next("who"), "agreedForNextTime", words.next("agreed"))));
				}
				ASKED.stream()
					.map((asked) -> day + asked + 2 + later)
					.filter((asked) -> asked <= -behind)
					.forEach((asked) -> add(number, at(asked, about.minute()), about.by(), afterwards(number, words)));
			});
	}

	/** In one of four cases what was done does not hold in full. */
	private static Act afterwards(int number, Words words) {
		Map<String, Object> answer = new HashMap<>(Map.of("spokenOn", "@today"));
		if (number % 4 == 0) {
			answer.put("holds", "partly");
			answer.put("howItGoes", words.next("partly"));
			answer.put("stillNeeded", words.next("needed"));
		}
		else {
			answer.put("holds", "yes");
			answer.put("howItGoes", words.next("holds"));
		}
		return new Act("record-aftercare", answer);
	}

	/**
	 * Each situation with each of the people once; more of them the nearer to now, as
	 * more municipalities work in Doorbraak.
	 */
	private static List<Map<String, Object>> many(Map<String, Object> many) {
		Random random = new Random(SEED);
		List<String> drawn = new ArrayList<>();
		DemoScript.<Map<String, Integer>>get(many, "share")
			.forEach((path, of) -> drawn.addAll(Collections.nCopies(of, path)));
		List<Map<String, Object>> told = new ArrayList<>();
		for (Map<String, Object> situation : DemoScript.<List<Map<String, Object>>>get(many, "situations")) {
			for (String who : DemoScript.<List<String>>get(many, "who")) {
				Map<String, Object> each = new HashMap<>(situation);
				each.put("stuck", DemoScript.<String>get(situation, "stuck").replace("{who}", who));
				told.add(each);
			}
		}
		Collections.shuffle(told, random);
		List<Integer> days = get(many, "days");
		List<Integer> cost = get(many, "cost");
		List<String> by = get(many, "by");
		List<Map<String, Object>> cases = told.subList(0, DemoScript.<Integer>get(many, "cases"));
		for (Map<String, Object> each : cases) {
			String path = drawn.get(random.nextInt(drawn.size()));
			each.put("path", path);
			// A letter of each would be most of what the demo begins with.
			each.put("elsewhere", true);
			each.put("day", (int) (days.get(0) + (days.get(1) - days.get(0)) * Math.pow(random.nextDouble(), 0.7)));
			each.put("by", by.get(random.nextInt(by.size())));
			each.put("cost", (cost.get(0) + random.nextInt(cost.get(1) - cost.get(0))) / 50 * 50);
			each.put("deviates", path.contains("Crisis") ? "yes" : "no");
		}
		return cases;
	}

	private void tell(int number, Case about, String path, Words words) {
		boolean brokenThrough = false;
		int day = about.day();
		int order = 0;
		for (String act : path.split(", ")) {
			String[] parts = act.split(" ");
			day = about.day() + Integer.parseInt(parts[0]);
			String arg = (parts.length > 2) ? parts[2] : "";
			brokenThrough = brokenThrough && !arg.equals("up") || arg.equals("brokenThrough");
			add(number, at(day, about.minute() + 6 * order++), about.by(), about.act(parts[1], arg, words, path));
		}
		if (brokenThrough && !path.contains("outside") && !path.endsWith("policy")) {
			Instant announced = at(day + ANNOUNCED, about.minute() + 6 * order);
			Map<String, Object> how = new HashMap<>(
					Map.of("sentOn", "@today", "manner", "post", "addressee", "resident", "remedy", "objection"));
			if (about.isDecidedElsewhere()) {
				how.putAll(Map.of("announcedAs", "elsewhere", "reference", "B-" + number));
			}
			else {
				add(number, announced.minusSeconds(60), about.by(), new Act("make-letter", Map.of()));
				how.put("announcedAs", "letter");
			}
			add(number, announced, about.by(), new Act("announce-decision", how));
		}
		if (brokenThrough) {
			add(number, at(day + CONFIRMED, about.minute()), about.by(), new Act("confirm-measures",
					Map.of("carriedOut", "yes", "whatWasDone", words.next("measures"), "byWhom", "Wijkteam")));
			add(number, at(day + ENDED, about.minute()), about.by(),
					new Act("record-outcome", Map.of("outcome", "solved", "whatChanged", words.next("outcome"))));
		}
		else if (path.endsWith("noRoom")) {
			add(number, at(day + ANNOUNCED, about.minute() + 6 * order), about.by(), new Act("record-outcome",
					Map.of("outcome", "notSolved", "whatChanged", "Niets: de regel laat het niet toe.")));
		}
	}

	/** On a working day, as long as that is before today. */
	private Instant at(int day, int minute) {
		LocalDate date = this.today.plusDays(day);
		while (day < 0 && (date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY)) {
			date = date.minusDays(1);
		}
		return date.atStartOfDay(DutchTime.ZONE).plusMinutes(minute).toInstant();
	}

	private void add(int number, Instant at, String who, Act act) {
		add(number, at, who, act.name(), act.with());
	}

	private void add(int number, Instant at, String who, String act, Map<String, Object> with) {
		if (!at.isAfter(this.now)) {
			Map<String, Object> filled = new HashMap<>();
			with.forEach((key, value) -> filled.put(key, dated(value, at)));
			this.steps.add(new Step(number, at, who, act, filled));
		}
	}

	/**
	 * {@code @today} is the day of the act; {@code @+5} and {@code @-5} are days from
	 * now.
	 */
	private Object dated(Object value, Instant at) {
		if (!(value instanceof String text) || !text.startsWith("@")) {
			return value;
		}
		return text.equals("@today") ? DutchTime.day(at).toString()
				: this.today.plusDays(Integer.parseInt(text.substring(1))).toString();
	}

	/**
	 * One act in a case.
	 *
	 * @param number which case of the script
	 * @param who who has the case, or does this
	 * @param act id of a form, or an act of {@link DemoCases}
	 */
	record Step(int number, Instant at, String who, String act, Map<String, Object> with) {
	}

	private record Act(String name, Map<String, Object> with) {
	}

	/** Sentences by what they are for, one after the other in an order of their own. */
	private static final class Words {

		private final Map<String, List<String>> lists = new HashMap<>();

		private final Map<String, Integer> used = new HashMap<>();

		Words(Map<String, List<String>> lists, Random random) {
			lists.forEach((key, list) -> {
				List<String> shuffled = new ArrayList<>(list);
				Collections.shuffle(shuffled, random);
				this.lists.put(key, shuffled);
			});
		}

		String next(String key) {
			List<String> list = this.lists.get(key);
			if (list == null) {
				throw new IllegalStateException("The demo has no sentence for '" + key + "'");
			}
			return list.get((this.used.merge(key, 1, Integer::sum) - 1) % list.size());
		}

	}

	/** A case told in a few words. */
	private record Case(Map<String, Object> told, String name, LocalDate born, int minute) {

		int day() {
			return DemoScript.<Integer>get(this.told, "day");
		}

		String by() {
			return get(this.told, "by");
		}

		Act act(String act, String arg, Words words, String path) {
			return switch (act) {
				case "report" -> new Act("report", report(path.contains(" crisis")));
				case "lead" -> new Act("accept-lead", Map.of());
				case "crisis" -> new Act("threat",
						Map.of("threat", DemoScript.<Object>get(this.told, "threat"), "eventDate", "@today"));
				case "plan" -> new Act("make-plan", plan("yes"));
				case "planUnshared" -> new Act("make-plan", plan("no"));
				case "session" -> new Act("hold-mediated-session",
						Map.of("heldOn", "@today", "outcome", words.next("session"), "perspectiveShared", "yes"));
				case "local" -> decision("decide-locally", arg, words.next("local " + arg));
				case "regional" -> decision("decide-regionally", arg, words.next("regional " + arg));
				case "national" -> decision("decide-nationally", arg, words.next("national " + arg));
				case "ministry" -> decision("decide-breakthrough", arg, words.next("ministry " + arg));
				case "table" -> new Act("hold-round-table", Map.of("heldOn", "@today", "invited",
						List.of("municipality", "uwv", "careProvider"), "agreements", words.next("table")));
				case "contact" -> new Act("make-first-contact", Map.of("contactedOn", "@today", "competentBodyStatus",
						"known", "notes", words.next("contact")));
				case "team" ->
					new Act("convene-escalation-team", Map.of("convenedOn", "@today", "whoDecides", "minister"));
				case "agree", "directorAgree" -> new Act("sign-off", Map.of("decision", "agree"));
				case "agreeHurried" -> new Act("sign-off", Map.of("decision", "agree", "reasonsFollow", true));
				case "sendBack" ->
					new Act("sign-off", Map.of("decision", "sendBack", "missing", words.next("sendBack")));
				case "refuse" -> new Act("sign-off",
						Map.of("decision", "refuse", "ground", arg, "reason", words.next("refuse " + arg)));
				case "ratify" -> new Act("ratify-decision", Map.of("decision", "ratify"));
				case "reasons" -> new Act("give-reasons", Map.of("reasons", words.next("reasons")));
				case "outside" -> new Act("report-outside", Map.of("reportedOn", "@today", "reportedTo",
						"Procesregisseur van de regio", "nextContactOn", "@" + (day() + 24)));
				case "answer" -> new Act("enter-outside-answer",
						arg.equals("brokenThrough")
								? Map.of("answered", "yes", "decision", arg, "decidedBy",
										"Procesregisseur van de regio", "explanation", words.next("answer"))
								: Map.of("answered", "yes", "decision", arg, "explanation", words.next("answer")));
				case "withdraw" -> new Act("withdraw", Map.of("reason", words.next("withdraw")));
				case "resume" -> new Act("resume", Map.of());
				case "pause" -> new Act("pause", Map.of("reason", "awaitingDecision"));
				default -> throw new IllegalStateException("The demo knows no act '" + act + "'");
			};
		}

		private static Act decision(String form, String decision, String why) {
			return new Act(form, Map.of("decision", decision, "explanation", why));
		}

		/** A crisis that comes later is not known yet. */
		private Map<String, Object> report(boolean crisisLater) {
			Map<String, Object> fields = new HashMap<>(Map.of("whatIsStuck", DemoScript.<Object>get(this.told, "stuck"),
					"lifeDomains", DemoScript.<Object>get(this.told, "about"), "memberName", this.name,
					"memberBirthDate", this.born.toString()));
			Object event = this.told.get("event");
			if (event != null && !crisisLater) {
				fields.put("threat", DemoScript.<Object>get(this.told, "threat"));
				fields.put("eventDate", "@+" + event);
			}
			return fields;
		}

		private Map<String, Object> plan(String shared) {
			return Map.of("desiredEffect", DemoScript.<Object>get(this.told, "wish"), "firstBreakthrough",
					DemoScript.<Object>get(this.told, "first"), "cost", DemoScript.<Object>get(this.told, "cost"),
					"deviates", told("deviates", "no"), "reservation", "none", "perspectiveShared", shared);
		}

		/** The letter is in a system of the municipality's own. */
		boolean isDecidedElsewhere() {
			return this.told.containsKey("elsewhere");
		}

		private String told(String key, String otherwise) {
			Object value = this.told.get(key);
			return (value != null) ? value.toString() : otherwise;
		}

	}

}
