package nl.doorbraak.workflow.engine;

import java.time.Instant;
import java.util.Date;

import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/** Since when what a job does could be done. */
class TimerMomentTest {

	private static final Instant MADE = Instant.parse("2027-03-01T10:00:00Z");

	private static final Instant DUE = Instant.parse("2027-03-08T10:00:00Z");

	private final JobEntity job = mock(JobEntity.class);

	private final CommandContext command = mock(CommandContext.class);

	@BeforeEach
	void inACommand() {
		given(this.job.getCreateTime()).willReturn(Date.from(MADE));
		Context.setCommandContext(this.command);
	}

	@AfterEach
	void outOfIt() {
		Context.removeCommandContext();
	}

	@Test
	void timerFellDueAtItsDate() {
		given(this.command.getCurrentJob()).willReturn(this.job);
		given(this.job.getDuedate()).willReturn(Date.from(DUE));
		assertThat(new TimerMoment().current()).contains(DUE);
	}

	@Test
	void whatFollowsAnActFellDueWhenItWasMade() {
		given(this.command.getCurrentJob()).willReturn(this.job);
		assertThat(new TimerMoment().current()).contains(MADE);
	}

	@Test
	void whatSomebodyDoesFellDueNever() {
		assertThat(new TimerMoment().current()).isEmpty();
	}

}
