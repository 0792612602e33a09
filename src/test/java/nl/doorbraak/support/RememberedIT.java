package nl.doorbraak.support;

import java.util.concurrent.atomic.AtomicInteger;

import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

@WholeApplication
class RememberedIT {

	private final TransactionTemplate transaction;

	private final TransactionTemplate nested;

	private final TransactionTemplate another;

	private final AtomicInteger reads = new AtomicInteger();

	@Autowired
	RememberedIT(PlatformTransactionManager transactions) {
		this.transaction = new TransactionTemplate(transactions);
		this.nested = template(transactions, TransactionDefinition.PROPAGATION_NESTED);
		this.another = template(transactions, TransactionDefinition.PROPAGATION_REQUIRES_NEW);
	}

	private static TransactionTemplate template(PlatformTransactionManager transactions, int propagation) {
		TransactionTemplate template = new TransactionTemplate(transactions);
		template.setPropagationBehavior(propagation);
		return template;
	}

	private int ask(String about) {
		return Remembered.once(new Question(about), this.reads::incrementAndGet);
	}

	@Test
	void eachTransactionReadsOnce() {
		this.transaction.executeWithoutResult((status) -> {
			assertThat(ask("a")).isEqualTo(1);
			assertThat(ask("a")).isEqualTo(1);
			assertThat(ask("b")).isEqualTo(2);
		});
		this.transaction.executeWithoutResult((status) -> assertThat(ask("a")).isEqualTo(3));
		assertThat(ask("a")).as("outside a transaction each time").isEqualTo(4);
		assertThat(ask("a")).isEqualTo(5);
	}

	@Test
	void whoChangesItForgetsIt() {
		this.transaction.executeWithoutResult((status) -> {
			ask("a");
			Remembered.forget(Question.class);
			assertThat(ask("a")).isEqualTo(2);
		});
	}

	@Test
	void whatWasReadAfterASavepointIsNotKnownAfterGoingBack() {
		this.transaction.executeWithoutResult((status) -> {
			this.nested.executeWithoutResult((inner) -> {
				ask("a");
				inner.setRollbackOnly();
			});
			assertThat(ask("a")).isEqualTo(2);
		});
	}

	@Test
	void anotherTransactionInBetweenReadsForItself() {
		this.transaction.executeWithoutResult((status) -> {
			ask("a");
			this.another.executeWithoutResult((inner) -> assertThat(ask("a")).isEqualTo(2));
			assertThat(ask("a")).isEqualTo(1);
		});
	}

	private record Question(String about) {
	}

}
