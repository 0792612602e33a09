package nl.doorbraak.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import nl.doorbraak.Doorbraak;
import nl.doorbraak.support.DatabaseClock;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;
import org.springframework.test.context.TestExecutionListeners;
import org.springframework.test.context.TestExecutionListeners.MergeMode;

/**
 * The whole application on a PostgreSQL of its own, behind a real port, with the demo's
 * people and no running cases. Shared by all classes that carry this and nothing else.
 * Background work is done by hand ({@link Town#workDue()}), time moves forward only
 * ({@link Town#pass}).
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(classes = Doorbraak.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "camunda.bpm.job-execution.enabled=false", "doorbraak.demo.cases=false",
				"doorbraak.demo.data-dir=target/postgres/${random.uuid}", "doorbraak.demo.durable=false",
				"doorbraak.clock.synchronise-every=1h", "doorbraak.login.offices=127.0.0.1",
				"doorbraak.alert.poll-every=1h", "doorbraak.watchdog.every=1h", "doorbraak.lead.watch-every=1h",
				"doorbraak.measures-every=1h", "doorbraak.aftercare-every=1h", "doorbraak.end-dates-every=1h",
				"doorbraak.signals-every=1h", "doorbraak.audit.heads-every=1h", "management.server.port=0",
				"management.prometheus.metrics.export.enabled=true", "doorbraak.learning.remind-every=1h",
				"doorbraak.report.every=1h", "doorbraak.address=http://localhost:8080",
				"doorbraak.alert.journal=target/alert-journal-${random.uuid}.log" })
@ActiveProfiles("demo")
@Import({ Town.class, Post.class, Passed.class })
@TestExecutionListeners(listeners = WholeApplication.EmptyTown.class, mergeMode = MergeMode.MERGE_WITH_DEFAULTS)
public @interface WholeApplication {

	/**
	 * Each class begins without what earlier ones left running, and with the engine's
	 * clock, of which a JVM has one, on this application's time.
	 */
	final class EmptyTown implements TestExecutionListener {

		@Override
		public void beforeTestClass(TestContext context) {
			context.getApplicationContext().getBean(DatabaseClock.class).synchronise();
			context.getApplicationContext().getBean(Town.class).clear();
		}

	}

}
