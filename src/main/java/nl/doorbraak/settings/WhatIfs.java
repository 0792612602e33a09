package nl.doorbraak.settings;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import nl.doorbraak.ladder.Terms;
import nl.doorbraak.ladder.Terms.WorkingDays;
import nl.doorbraak.lead.WatchMoment;
import nl.doorbraak.lead.WatchMoments;
import nl.doorbraak.settings.Settings.Progress;
import nl.doorbraak.support.DutchTime;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Goes through all cases of a body under a draft, aside, and tells how far it is. What
 * came out is kept for a while.
 */
@Component
class WhatIfs implements DisposableBean {

	/** The number by which a draft is reckoned: no version has it. */
	static final int DRAFT = 0;

	private static final int BATCH = 500;

	private static final Duration KEPT = Duration.ofMinutes(10);

	private static final int MOST_KEPT = 20;

	private final Histories histories;

	private final WatchMoments moments;

	private final Terms terms;

	private final Clock clock;

	private final Map<String, Run> runs = new LinkedHashMap<>();

	private final ExecutorService worker = Executors.newSingleThreadExecutor((work) -> {
		Thread thread = new Thread(work, "what-if");
		thread.setDaemon(true);
		return thread;
	});

	WhatIfs(Histories histories, WatchMoments moments, Terms terms, Clock clock) {
		this.histories = histories;
		this.moments = moments;
		this.terms = terms;
		this.clock = clock;
	}

	@Override
	public void destroy() {
		this.worker.shutdownNow();
	}

	/**
	 * What this would have done; where it is not known after that time, how far it is.
	 * @param key of what is asked: the same for the same
	 */
	Progress of(String key, Agreed agreed, Collection<String> municipalities, Duration patience) {
		Run run = run(key, agreed, municipalities);
		try {
			WhatIf found = run.result().get(patience.toMillis(), TimeUnit.MILLISECONDS);
			return new Progress(found, found.cases(), found.cases());
		}
		catch (TimeoutException ex) {
			return new Progress(null, run.done().get(), run.all().get());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return new Progress(null, run.done().get(), run.all().get());
		}
		catch (ExecutionException ex) {
			synchronized (this.runs) {
				this.runs.remove(key);
			}
			throw new IllegalStateException("The consequences of " + key + " could not be reckoned", ex.getCause());
		}
	}

	private Run run(String key, Agreed agreed, Collection<String> municipalities) {
		Instant now = this.clock.instant();
		synchronized (this.runs) {
			this.runs.values().removeIf((run) -> run.result().isDone() && run.begunAt().plus(KEPT).isBefore(now));
			Run known = this.runs.get(key);
			if (known != null) {
				return known;
			}
			while (this.runs.size() >= MOST_KEPT) {
				this.runs.remove(this.runs.keySet().iterator().next());
			}
			AtomicInteger done = new AtomicInteger();
			AtomicInteger all = new AtomicInteger();
			Run run = new Run(now, done, all,
					CompletableFuture.supplyAsync(() -> reckon(agreed, municipalities, done, all), this.worker));
			this.runs.put(key, run);
			return run;
		}
	}

	WhatIf reckon(Agreed agreed, Collection<String> municipalities, AtomicInteger done, AtomicInteger all) {
		Instant now = this.clock.instant();
		Instant until = now.atZone(DutchTime.ZONE).plusWeeks(WhatIf.WEEKS_AHEAD).toInstant();
		Terms trying = this.terms.trying(agreed.terms());
		Map<Integer, List<WatchMoment>> watched = new HashMap<>();
		watched.put(DRAFT, agreed.moments());
		Map<Integer, WorkingDays> days = new HashMap<>();
		Consequences before = new Consequences(now);
		Consequences then = new Consequences(now);
		List<Long> cases = this.histories.cases(municipalities);
		all.set(cases.size());
		int open = 0;
		for (int from = 0; from < cases.size(); from += BATCH) {
			for (History history : this.histories.of(cases.subList(from, Math.min(from + BATCH, cases.size())))) {
				Instant closed = history.file().closedAt();
				open += (closed == null) ? 1 : 0;
				for (int version : List.of(history.file().termsVersion(), DRAFT)) {
					((version == DRAFT) ? then : before).add(Replay.of(history, trying, version, until),
							WatchMoments.replay(history.file(), watched.computeIfAbsent(version, this.moments::of),
									days.computeIfAbsent(version, trying::workingDays), history.asked(),
									(closed != null) ? closed : until));
				}
			}
			done.set(Math.min(from + BATCH, cases.size()));
		}
		return new WhatIf(now, cases.size(), open, before, then);
	}

	private record Run(Instant begunAt, AtomicInteger done, AtomicInteger all, CompletableFuture<WhatIf> result) {
	}

}
