package nl.doorbraak.settings;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import nl.doorbraak.directory.Function;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.ladder.Terms;
import nl.doorbraak.ladder.Terms.WorkingDays;
import nl.doorbraak.lead.WatchMoment;
import nl.doorbraak.lead.WatchMoments;
import nl.doorbraak.lead.WatchMoments.Come;
import nl.doorbraak.mandate.Levels;
import nl.doorbraak.mandate.MandateLevels;
import nl.doorbraak.mandate.RequiredMandates;
import nl.doorbraak.mandate.RequiredMandates.First;
import nl.doorbraak.mandate.RequiredMandates.Question;
import nl.doorbraak.settings.History.Proposed;
import nl.doorbraak.settings.Replay.Step;
import nl.doorbraak.settings.Settings.Progress;
import nl.doorbraak.settings.WhatIf.Proposals;
import nl.doorbraak.support.DutchTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Goes through all cases of a body under a draft, aside, and tells how far it is. One
 * node reckons; how far it is and what came out stand in the database, for all of them.
 */
@Component
class WhatIfs implements DisposableBean {

	/** The number by which a draft is reckoned: no version has it. */
	static final int DRAFT = 0;

	private static final Logger LOG = LoggerFactory.getLogger(WhatIfs.class);

	private static final int BATCH = 500;

	private final WhatIfRows rows;

	private final Histories histories;

	private final WatchMoments moments;

	private final MandateLevels levels;

	private final RequiredMandates mandates;

	private final Terms terms;

	private final Clock clock;

	private final ExecutorService worker = Executors.newSingleThreadExecutor((work) -> {
		Thread thread = new Thread(work, "what-if");
		thread.setDaemon(true);
		return thread;
	});

	WhatIfs(WhatIfRows rows, Histories histories, WatchMoments moments, MandateLevels levels, RequiredMandates mandates,
			Terms terms, Clock clock) {
		this.rows = rows;
		this.histories = histories;
		this.moments = moments;
		this.levels = levels;
		this.mandates = mandates;
		this.terms = terms;
		this.clock = clock;
	}

	@Override
	public void destroy() {
		this.worker.shutdownNow();
	}

	/**
	 * What this would have done; where it is not known after that time, how far it is.
	 * @param subject of what is asked, the same for the same
	 * @param revision another one is reckoned anew
	 */
	Progress of(String subject, int revision, Agreed agreed, Collection<String> municipalities, Duration patience) {
		WhatIfRows.Key key = new WhatIfRows.Key(subject, String.join(" ", municipalities), revision);
		Instant begun = this.clock.instant();
		if (this.rows.begin(key, begun)) {
			wait(this.worker.submit(() -> run(key, begun, agreed, municipalities)), patience);
		}
		return this.rows.find(key).orElse(Progress.NONE);
	}

	private static void wait(Future<?> run, Duration patience) {
		try {
			run.get(patience.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			// The page shows how far it is.
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("The worker keeps what breaks off", ex);
		}
	}

	private void run(WhatIfRows.Key key, Instant begun, Agreed agreed, Collection<String> municipalities) {
		try {
			this.rows.finish(key, begun,
					reckon(agreed, municipalities, (done, all) -> this.rows.tell(key, begun, done, all)));
		}
		catch (RuntimeException ex) {
			LOG.warn("What {} would have done could not be reckoned", key.subject(), ex);
			try {
				this.rows.fail(key, begun);
			}
			catch (RuntimeException silent) {
				LOG.warn("Nor could that be told: after a while somebody else begins anew", silent);
			}
		}
	}

	/**
	 * Goes through them all; a case that cannot be reckoned is in no number but its own.
	 */
	WhatIf reckon(Agreed agreed, Collection<String> municipalities, Told told) {
		Instant now = this.clock.instant();
		Run run = new Run(agreed, now);
		List<Long> cases = this.histories.cases(municipalities);
		told.howFar(0, cases.size());
		List<String> failed = new ArrayList<>();
		for (int from = 0; from < cases.size(); from += BATCH) {
			for (History history : this.histories.of(cases.subList(from, Math.min(from + BATCH, cases.size())))) {
				try {
					run.add(history);
				}
				catch (RuntimeException ex) {
					failed.add(history.file().number());
					LOG.debug("Case {} could not be reckoned", history.file().number(), ex);
				}
			}
			told.howFar(Math.min(from + BATCH, cases.size()), cases.size());
		}
		if (!failed.isEmpty()) {
			LOG.warn("A what-if went without cases that could not be reckoned: {}", failed);
		}
		return run.found(failed.size());
	}

	/** Hears how far it is. */
	@FunctionalInterface
	interface Told {

		void howFar(int done, int all);

	}

	/** One reckoning. */
	private final class Run {

		private final Instant now;

		private final Instant until;

		private final Terms trying;

		private final Levels draft;

		private final Map<Integer, List<WatchMoment>> watched = new HashMap<>();

		private final Map<Integer, WorkingDays> days = new HashMap<>();

		private final Map<Integer, Levels> known = new HashMap<>();

		private final Map<Asked, Optional<First>> answers = new HashMap<>();

		private final Consequences before;

		private final Consequences then;

		private int cases;

		private int open;

		private Proposals proposals = new Proposals(0, 0, 0);

		Run(Agreed agreed, Instant now) {
			this.now = now;
			this.until = now.atZone(DutchTime.ZONE).plusWeeks(WhatIf.WEEKS_AHEAD).toInstant();
			this.trying = WhatIfs.this.terms.trying(agreed.terms());
			this.draft = agreed.levels();
			this.watched.put(DRAFT, agreed.moments());
			this.before = new Consequences(now);
			this.then = new Consequences(now);
		}

		/** Counts nothing of a case before all of it is reckoned. */
		void add(History history) {
			int version = history.file().termsVersion();
			List<Step> steps = steps(history, version);
			List<Come> come = come(history, version);
			List<Step> draftSteps = steps(history, DRAFT);
			List<Come> draftCome = come(history, DRAFT);
			List<String> signs = history.proposals()
				.stream()
				.map((each) -> signs(history, each, levels(each.version())))
				.toList();
			List<String> draftSigns = history.proposals()
				.stream()
				.map((each) -> signs(history, each, this.draft))
				.toList();
			this.before.add(steps, come);
			this.then.add(draftSteps, draftCome);
			for (int i = 0; i < signs.size(); i++) {
				add(history.proposals().get(i), signs.get(i), draftSigns.get(i));
			}
			this.cases++;
			this.open += (history.file().closedAt() == null) ? 1 : 0;
		}

		private void add(Proposed proposal, String signs, String draftSigns) {
			this.before.sign(signs, proposal.madeAt());
			this.then.sign(draftSigns, proposal.madeAt());
			this.proposals = new Proposals(this.proposals.all() + 1, this.proposals.open() + (proposal.open() ? 1 : 0),
					this.proposals.others() + (signs.equals(draftSigns) ? 0 : 1));
		}

		private List<Step> steps(History history, int version) {
			return Replay.of(history, this.trying, version, this.until);
		}

		private List<Come> come(History history, int version) {
			Instant closed = history.file().closedAt();
			return WatchMoments.replay(history.file(), this.watched.computeIfAbsent(version, WhatIfs.this.moments::of),
					this.days.computeIfAbsent(version, this.trying::workingDays), history.asked(),
					(closed != null) ? closed : this.until);
		}

		private Levels levels(int version) {
			return this.known.computeIfAbsent(version, WhatIfs.this.levels::of);
		}

		/** Function and body. */
		private String signs(History history, Proposed proposal, Levels levels) {
			Function function = this.answers
				.computeIfAbsent(new Asked(proposal.question(), levels),
						(asked) -> WhatIfs.this.mandates.first(asked.question(), asked.levels()))
				.orElseThrow(() -> new IllegalStateException("The table names nobody"))
				.function();
			Rung where = switch (function) {
				case PROCESS_DIRECTOR -> Rung.REGIONAL;
				case AMBASSADOR -> Rung.MINISTRY;
				default -> Rung.LOCAL;
			};
			return function.code() + " " + history.bodies().get(where);
		}

		WhatIf found(int failed) {
			return new WhatIf(this.now, this.cases, this.open, failed, this.proposals, this.before, this.then);
		}

	}

	private record Asked(Question question, Levels levels) {
	}

}
