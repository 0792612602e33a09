package nl.doorbraak.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The test shows that a row of {@code docs/attacks.csv} is answered as it must be. A row
 * may have several tests; each stands in the report of the build.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(Attack.Several.class)
@ExtendWith(AttackResults.class)
public @interface Attack {

	/** The rows, {@code A01} to {@code H10}. */
	String[] value();

	/** What was opened in the software when this test was seen to fail. */
	String failedWith();

	/** Rows that were opened in different ways. */
	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@ExtendWith(AttackResults.class)
	@interface Several {

		Attack[] value();

	}

}
