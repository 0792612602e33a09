package nl.doorbraak.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import nl.doorbraak.Doorbraak;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;

/**
 * The whole application on a PostgreSQL of its own, behind a real port, with the demo's
 * people and no cases. Shared by all classes that carry this and nothing else. Background
 * work is done by hand ({@link Town#workDue()}), time moves forward only
 * ({@link Town#pass}).
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(classes = Doorbraak.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "camunda.bpm.job-execution.enabled=false", "doorbraak.demo.cases=false",
				"doorbraak.demo.data-dir=target/postgres/${random.uuid}", "doorbraak.clock.synchronise-every=1h",
				"doorbraak.alert.poll-every=1h", "doorbraak.alert.journal=target/alert-journal-${random.uuid}.log" })
@ActiveProfiles("demo")
@Import(Town.class)
public @interface WholeApplication {

}
