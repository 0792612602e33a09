package nl.doorbraak.lead;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.Until;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionOperations;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two acts in one case come one after the other, however long the first takes: the second
 * knows what the first did. No unique key stands behind these.
 */
@WholeApplication
class OneActAtATimeIT {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final Town town;

	private final Leads leads;

	private final TransactionOperations transactions;

	private final ExecutorService other = Executors.newSingleThreadExecutor();

	@Autowired
	OneActAtATimeIT(Town town, Leads leads, TransactionOperations transactions) {
		this.town = town;
		this.leads = leads;
		this.transactions = transactions;
	}

	@AfterEach
	void stop() {
		this.other.shutdownNow();
	}

	@Test
	void nobodyHasTheLeadOfACaseThatWasClosedMeanwhile() throws Exception {
		String number = this.town.as("anna").report(Map.of("whatIsStuck", "Niemand heeft de regie."));
		this.town.workDue();
		Future<Integer> closing = meanwhile(() -> this.leads.accept("anna", number), () -> {
			int said = this.town.as("anna")
				.post("/api/v1/cases/" + number + "/withdrawal", Map.of("reason", "Het gezin wil niet meer."))
				.status();
			this.town.workDue();
			return said;
		});
		assertThat(closing.get()).isEqualTo(200);
		assertThat(row("select state from doorbraak.case_file where number = ?", number)).isEqualTo("closed");
		assertThat(row("select state from doorbraak.lead where case_number = ?", number))
			.as("the lead of who took it just before")
			.isEqualTo("ended");
	}

	@Test
	void whoComesSecondHearsWhoHasTheLead() throws Exception {
		String number = this.town.as("anna").report(Map.of("whatIsStuck", "Niemand heeft de regie."));
		this.town.workDue();
		Future<Town.Answer> second = meanwhile(() -> this.leads.accept("anna", number),
				() -> this.town.as("karim").post("/api/v1/cases/" + number + "/lead/acceptance", null));
		assertThat(second.get().status()).as(second.get().text()).isEqualTo(409);
		assertThat(second.get().message()).contains("Anna de Wit", "heeft de regie al");
	}

	/** Commits the first when the second is done, or waits for it. */
	private <T> Future<T> meanwhile(Runnable first, Callable<T> second) {
		return this.transactions.execute((tx) -> {
			first.run();
			Future<T> running = this.other.submit(second);
			Until.so(() -> "done or waiting", PATIENCE, () -> running.isDone() || waiting());
			return running;
		});
	}

	private boolean waiting() {
		return this.town.database()
			.sql("select exists (select from pg_locks where not granted)")
			.query(Boolean.class)
			.single();
	}

	private String row(String sql, String number) {
		return this.town.database().sql(sql).param(number).query(String.class).single();
	}

}
