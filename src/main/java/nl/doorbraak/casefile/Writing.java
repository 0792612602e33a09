package nl.doorbraak.casefile;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import nl.doorbraak.casefile.CaseEvents.CaseRead;
import nl.doorbraak.casefile.CaseEvents.EntryRecorded;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.FormRules.Answer;
import nl.doorbraak.support.FormRules.Answers;
import nl.doorbraak.support.KeyedHash;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What people write in forms: kept once, as it stood on the screen, and given back to the
 * next form that asks for it.
 */
@Service
public class Writing {

	/** Forms by which the casusregisseur enters what a body outside Doorbraak said. */
	private static final List<String> OUTSIDE = List.of("enter-outside-answer");

	/** Nobody's answer may begin as the answer of who was asked before. */
	private static final List<String> ALWAYS_EMPTY = List.of("sign-off", "ratify-decision", "confirm-measures",
			"decide-objection", "answer-consultation", "answer-lead-question");

	/** Who answers these is not on the case: they show what their room tells, no more. */
	private static final List<String> OF_STRANGERS = List.of("answer-request");

	/** Who works on a level of another body: without names until that body is told. */
	private static final List<String> OF_A_LEVEL = List.of("hold-round-table", "decide-regionally",
			"make-first-contact", "decide-nationally", "convene-escalation-team", "decide-breakthrough");

	/** Who is asked something about a case is told no names. */
	private static final String LEAD_QUESTION = "answer-lead-question";

	private final CaseStore store;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	private final ObjectProvider<FormFacts> rooms;

	Writing(CaseStore store, Clock clock, ApplicationEventPublisher events, ObjectProvider<FormFacts> rooms) {
		this.store = store;
		this.clock = clock;
		this.events = events;
		this.rooms = rooms;
	}

	/** Keeps one submission. The audit gets a keyed hash of it, never its text. */
	@Transactional
	public void record(String number, String form, String login, List<Answer> answers) {
		CaseFile file = this.store.lock(number);
		Long stay = this.store.openStay(file.id()).map(RungStay::id).orElse(null);
		boolean outside = OUTSIDE.contains(form);
		String json = this.store.addEntry(file.id(), stay, form, login, this.clock.instant(), outside, answers);
		this.events.publishEvent(
				new EntryRecorded(number, login, form, outside, keyedHash(this.store.hashKey(file.id()), json)));
	}

	/**
	 * What a form of this case shows when it opens, by field key: the case's facts, the
	 * deadline and why, and what was written there before. Recorded as a read of the case
	 * with the form as its purpose.
	 */
	@Transactional
	public Map<String, Object> shown(FormTask task, String login) {
		this.events.publishEvent(new CaseRead(task.number(), login, "form:" + task.form(), Purpose.TASK));
		Map<String, Object> values = values(task);
		if (!task.form().equals(LEAD_QUESTION) && !OF_STRANGERS.contains(task.form())) {
			tellPause(this.store.get(task.number()), values);
		}
		return values;
	}

	/**
	 * The same values without a reading: for checking that read-only fields came back as
	 * they were shown.
	 */
	@Transactional(readOnly = true)
	public Map<String, Object> values(FormTask task) {
		String number = task.number();
		String form = task.form();
		CaseFile file = this.store.get(number);
		Map<String, Object> values = new LinkedHashMap<>();
		if (OF_STRANGERS.contains(form)) {
			values.put("caseNumber", number);
			this.rooms.forEach((room) -> values.putAll(room.facts(task)));
			return values;
		}
		Optional.of(form)
			.filter((each) -> !ALWAYS_EMPTY.contains(each))
			.flatMap((each) -> this.store.lastEntry(file.id(), null, List.of(each)))
			.ifPresent((entry) -> entry.answers().forEach((answer) -> values.put(answer.key(), answer.value())));
		this.store.lastEntry(file.id(), null, Wish.FORMS)
			.flatMap(Wish::in)
			.ifPresent((wish) -> values.put(Wish.EFFECT, wish));
		UnaryOperator<String> words = words(file, form);
		values.computeIfPresent(Wish.EFFECT, (key, said) -> words.apply(String.valueOf(said)));
		if (Stakes.FORMS.contains(form)) {
			values.putAll(stakes(file, form).answers());
		}
		values.put("whatIsStuck", words.apply(file.whatIsStuck()));
		values.put("caseNumber", number);
		values.put("headline", file.headline(DutchTime.day(this.clock.instant())));
		this.store.openStay(file.id()).ifPresent((stay) -> deadline(file, stay, form, values));
		this.rooms.forEach((room) -> values.putAll(room.facts(task)));
		return values;
	}

	/** A term that had ended when the pause began does not move. */
	private void tellPause(CaseFile file, Map<String, Object> values) {
		this.store.pausedSince(file.id()).ifPresent((since) -> {
			boolean moves = CaseLine.isStill(since, this.store.getOpenStay(file).termEndsAt());
			values.computeIfPresent("deadlineReason", (key, why) -> why + " De casus staat stil sinds "
					+ DutchTime.date(DutchTime.day(since)) + (moves ? ": de termijn van dit niveau loopt niet." : "."));
		});
	}

	/** How who has this form before them reads what the team wrote. */
	private UnaryOperator<String> words(CaseFile file, String form) {
		boolean hidden = form.equals(LEAD_QUESTION) || OF_A_LEVEL.contains(form)
				&& this.store.openStay(file.id()).filter((stay) -> !this.store.knowsWho(file, stay.body())).isPresent();
		List<String> names = hidden ? this.store.names(file.householdId())
				: this.store.namesApart(file.householdId(), "", this.clock.instant());
		return names.isEmpty() ? UnaryOperator.identity() : (hidden ? new Names(names) : Names.apart(names,
				this.store.membersOf(file.id()).stream().map(HouseholdMember::name).toList()))::hiddenIn;
	}

	/**
	 * What a form begins with: as it was last written there or in the plan, the latest
	 * first.
	 */
	private Stakes stakes(CaseFile file, String form) {
		List<Answers> latestFirst = Stream.of(form, "make-plan")
			.flatMap((each) -> this.store.lastEntry(file.id(), null, List.of(each)).stream())
			.sorted(Comparator.comparing(Entry::id).reversed())
			.map((entry) -> new Answers(entry.answers()))
			.toList();
		Answers none = new Answers(List.of());
		return Stakes.of(latestFirst.isEmpty() ? none : latestFirst.get(0),
				(latestFirst.size() < 2) ? none : latestFirst.get(1), file.amountCents());
	}

	/**
	 * What was submitted. Where a breakthrough leaves open what decides who may decide,
	 * what the form showed counts.
	 * @param asked keys of the fields of the form
	 * @throws Refused (400) when that says nothing either
	 */
	public Map<String, Object> completed(String form, List<String> asked, Map<String, Object> submitted,
			Map<String, Object> shown) {
		if (!Stakes.FORMS.contains(form) || !Decision.BROKEN_THROUGH.code().equals(submitted.get("decision"))) {
			return submitted;
		}
		Map<String, Object> completed = new HashMap<>(submitted);
		Stakes.KEYS.stream()
			.filter((key) -> isBlank(submitted.get(key)) && shown.containsKey(key) && asked.contains(key))
			.forEach((key) -> completed.put(key, shown.get(key)));
		Stakes.refuseUnless((key) -> !isBlank(submitted.get(key)) || shown.containsKey(key));
		return completed;
	}

	private static boolean isBlank(@Nullable Object answer) {
		return answer == null || answer instanceof String text && text.isBlank();
	}

	/** The last entry of a form on the open rung. */
	@Transactional(readOnly = true)
	public Optional<Entry> latest(String number, String form) {
		CaseFile file = this.store.get(number);
		return this.store.lastEntry(file.id(), this.store.getOpenStay(file).id(), List.of(form));
	}

	/** The last entry of a form on the case, on whatever rung or after it was closed. */
	@Transactional(readOnly = true)
	public Optional<Entry> latestOfCase(String number, String form) {
		return latestOfCase(number, List.of(form));
	}

	/** The last entry of any of these forms on the case. */
	@Transactional(readOnly = true)
	public Optional<Entry> latestOfCase(String number, List<String> forms) {
		return this.store.lastEntry(this.store.get(number).id(), null, forms);
	}

	private void deadline(CaseFile file, RungStay stay, String form, Map<String, Object> values) {
		Instant questionEndsAt = stay.questionEndsAt();
		if (form.equals("decide-on-term") && questionEndsAt != null) {
			values.put("deadline", DutchTime.deadline(questionEndsAt));
			values.put("deadlineReason", "Krijgen wij dan geen antwoord, dan gaat de casus omhoog.");
			return;
		}
		values.put("deadline", DutchTime.date(stay.termLastDay()));
		values.put("deadlineReason", stay.termExplanation());
		if (form.equals("enter-outside-answer")) {
			nextContact(file, stay).ifPresent((date) -> {
				values.put("deadline", DutchTime.date(date));
				values.put("deadlineReason", "Op die dag hebt u het volgende contact afgesproken.");
			});
		}
	}

	/**
	 * The date of the next contact with a body outside Doorbraak, as last agreed on this
	 * rung.
	 */
	Optional<LocalDate> nextContact(CaseFile file, RungStay stay) {
		return this.store.lastEntry(file.id(), stay.id(), List.of("report-outside", "enter-outside-answer"))
			.map((entry) -> new Answers(entry.answers()).text("nextContactOn"))
			.map(LocalDate::parse);
	}

	static String keyedHash(byte[] key, String text) {
		return keyedHash(key, text.getBytes(StandardCharsets.UTF_8));
	}

	static String keyedHash(byte[] key, byte[] bytes) {
		return HexFormat.of().formatHex(KeyedHash.of(key, bytes));
	}

}
