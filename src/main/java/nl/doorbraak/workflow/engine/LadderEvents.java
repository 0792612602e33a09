package nl.doorbraak.workflow.engine;

import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import nl.doorbraak.agency.AgencyEvents.AgencyAsked;
import nl.doorbraak.agency.AgencyEvents.AgencyEvent;
import nl.doorbraak.agency.AgencyEvents.AgencyFactsDelivered;
import nl.doorbraak.agency.AgencyEvents.AgencyRequestLapsed;
import nl.doorbraak.carryout.CarryOutEvents.AftercareBegun;
import nl.doorbraak.casefile.CaseEvents.CaseClosed;
import nl.doorbraak.casefile.CaseEvents.CaseEvent;
import nl.doorbraak.casefile.CaseEvents.CasePaused;
import nl.doorbraak.casefile.CaseEvents.CaseRedirected;
import nl.doorbraak.casefile.CaseEvents.CaseReported;
import nl.doorbraak.casefile.CaseEvents.CaseResumed;
import nl.doorbraak.casefile.CaseEvents.CaseWithdrawn;
import nl.doorbraak.casefile.CaseEvents.StandInEnded;
import nl.doorbraak.casefile.CaseEvents.TermMoved;
import nl.doorbraak.casefile.CaseEvents.TermsChanged;
import nl.doorbraak.casefile.CaseEvents.ThreatChanged;
import nl.doorbraak.casefile.CaseEvents.ThreatEnded;
import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Outcome;
import nl.doorbraak.ladder.Terms;
import nl.doorbraak.lead.LeadEvents.CrisisClockStopped;
import nl.doorbraak.lead.LeadEvents.LeadAccepted;
import nl.doorbraak.lead.LeadEvents.LeadAsked;
import nl.doorbraak.lead.LeadEvents.LeadHandedOver;
import nl.doorbraak.lead.LeadEvents.LeadMissing;
import nl.doorbraak.lead.LeadEvents.LeadRefused;
import nl.doorbraak.lead.LeadEvents.LeadReturned;
import nl.doorbraak.lead.LeadEvents.LeadsMissing;
import nl.doorbraak.lead.LeadEvents.WatchMoved;
import nl.doorbraak.lead.LeadQuestions;
import nl.doorbraak.mandate.ConsultationEvents.ConsultationAsked;
import nl.doorbraak.mandate.ConsultationEvents.ConsultationEnded;
import nl.doorbraak.mandate.MandateEvents.DecisionTakenByMandator;
import nl.doorbraak.mandate.MandateEvents.FollowUpTermMoved;
import nl.doorbraak.mandate.MandateEvents.ObjectionReceived;
import nl.doorbraak.mandate.MandateEvents.ObjectionWithdrawn;
import nl.doorbraak.mandate.MandateEvents.SignOffAsked;
import nl.doorbraak.mandate.MandateEvents.SignOffCutShort;
import nl.doorbraak.support.Actor;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.jobexecutor.TimerDeclarationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.SuspensionState;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;

import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets the ladder follow the case file, in the same transaction: a report starts it, a
 * withdrawal or a crisis wakes it, a pause stops its timers; a breakthrough starts what
 * must be done after it. A message only wakes; what happened is read from the case file.
 */
@Component
class LadderEvents {

	static final String LADDER = "escalation-ladder";

	static final String CARRY_OUT = "carry-out-breakthrough";

	static final String CLOSE_CASE = "close-case";

	static final String AFTERCARE = "aftercare";

	static final String AGENCY_REQUEST = "agency-request";

	static final String LOOK_BACK = "look-back";

	static final String OBJECTION = "objection";

	static final String CONSULTATION = "consultation";

	static final String LEAD_QUESTION = "lead-question";

	/** Processes of which a case can have several at the same moment. */
	static final List<String> SIDE_BY_SIDE = List.of(AFTERCARE, AGENCY_REQUEST, CONSULTATION, LEAD_QUESTION, OBJECTION);

	/** Tasks that are not due at the end of the rung's term. */
	private static final Set<String> DATES_OF_THEIR_OWN = Set.of("userTask_decideOnTerm", "userTask_signOff",
			"userTask_enterOutsideAnswer", "userTask_answerRequest", "userTask_answerConsultation", "userTask_lookBack",
			"userTask_askHowItGoes", "userTask_answerLeadQuestion");

	private static final int ATTEMPTS = 5;

	private final RuntimeService runtime;

	private final TaskService tasks;

	private final ManagementService management;

	private final ProcessEngineConfigurationImpl engine;

	private final Terms terms;

	private final LeadQuestions questions;

	private final CaseFiles files;

	private final TransactionTemplate savepoint;

	@Lazy
	LadderEvents(RuntimeService runtime, TaskService tasks, ManagementService management,
			ProcessEngineConfigurationImpl engine, Terms terms, LeadQuestions questions, CaseFiles files,
			PlatformTransactionManager transactions) {
		this.runtime = runtime;
		this.tasks = tasks;
		this.management = management;
		this.engine = engine;
		this.terms = terms;
		this.questions = questions;
		this.files = files;
		this.savepoint = new TransactionTemplate(transactions);
		this.savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
	}

	@EventListener
	void start(CaseReported event) {
		asSoftware(() -> this.runtime.startProcessInstanceByKey(LADDER, event.number(),
				LadderVariables.CASE_NUMBER.with(event.number())));
	}

	/**
	 * What must be done after it outlives the ladder; a withdrawn case asks nothing more.
	 */
	@EventListener
	void start(CaseClosed event) {
		endLeadQuestions(event.number(), List.of());
		if (!event.outcome().equals(Outcome.WITHDRAWN.code())) {
			String next = event.outcome().equals(Outcome.BROKEN_THROUGH.code()) ? CARRY_OUT : CLOSE_CASE;
			asSoftware(() -> this.runtime.startProcessInstanceByKey(next, event.number(),
					LadderVariables.CASE_NUMBER.with(event.number())));
		}
	}

	/** Some months later the team asks how it goes. */
	@EventListener
	void start(AftercareBegun event) {
		Map<String, Object> variables = new HashMap<>(LadderVariables.CASE_NUMBER.with(event.number()));
		variables.putAll(LadderVariables.REQUEST_ID.with((long) event.months()));
		variables.putAll(LadderVariables.AFTERCARE_DUE_AT.with(Date.from(event.dueAt())));
		asSoftware(() -> this.runtime.startProcessInstanceByKey(AFTERCARE, event.number(), variables));
	}

	/** After a crisis the team looks back. */
	@EventListener
	void start(CrisisClockStopped event) {
		asSoftware(() -> this.runtime.startProcessInstanceByKey(LOOK_BACK, event.number(),
				LadderVariables.CASE_NUMBER.with(event.number())));
	}

	/** Each question runs for itself, whatever becomes of the rung. */
	@EventListener
	void start(AgencyAsked event) {
		ask(event, event.dueAt());
	}

	/** The same question, now that the agency has what it needed for an answer. */
	@EventListener
	void start(AgencyFactsDelivered event) {
		ask(event, event.dueAt());
	}

	private void ask(AgencyEvent event, Instant dueAt) {
		Map<String, Object> variables = new HashMap<>(LadderVariables.CASE_NUMBER.with(event.number()));
		variables.putAll(LadderVariables.REQUEST_ID.with(event.request()));
		variables.putAll(LadderVariables.ANSWER_DUE_AT.with(Date.from(dueAt)));
		asSoftware(() -> this.runtime.startProcessInstanceByKey(AGENCY_REQUEST, event.number(), variables));
	}

	@EventListener
	void start(ObjectionReceived event) {
		Map<String, Object> variables = new HashMap<>(LadderVariables.CASE_NUMBER.with(event.number()));
		variables.putAll(LadderVariables.REQUEST_ID.with(event.objection()));
		variables.putAll(LadderVariables.OBJECTION_DUE_AT.with(Date.from(event.dueAt())));
		asSoftware(() -> this.runtime.startProcessInstanceByKey(OBJECTION, event.number(), variables));
	}

	@EventListener
	void wake(ObjectionWithdrawn event) {
		asSoftware(() -> this.runtime.createMessageCorrelation("objection.withdrawn")
			.processInstanceVariableEquals(LadderVariables.REQUEST_ID.name(), event.objection())
			.correlateAllWithResult());
	}

	@EventListener
	void wake(AgencyRequestLapsed event) {
		asSoftware(() -> this.runtime.createMessageCorrelation("agency.requestLapsed")
			.processInstanceVariableEquals(LadderVariables.REQUEST_ID.name(), event.request())
			.correlateAllWithResult());
	}

	/** Advice and a signer's question run beside the gate, each for itself. */
	@EventListener
	void start(ConsultationAsked event) {
		Map<String, Object> variables = new HashMap<>(LadderVariables.CASE_NUMBER.with(event.number()));
		variables.putAll(LadderVariables.REQUEST_ID.with(event.consultation()));
		variables.putAll(LadderVariables.ANSWER_DUE_AT.with(Date.from(event.answerDueAt())));
		asSoftware(() -> this.runtime.startProcessInstanceByKey(CONSULTATION, event.number(), variables));
	}

	@EventListener
	void wake(ConsultationEnded event) {
		asSoftware(() -> this.runtime.createMessageCorrelation("consultation.ended")
			.processInstanceVariableEquals(LadderVariables.REQUEST_ID.name(), event.consultation())
			.correlateAllWithResult());
	}

	/**
	 * The question to sign waits: whoever has it loses it, and the search begins anew.
	 */
	@EventListener
	void take(DecisionTakenByMandator event) {
		asSoftware(() -> {
			this.runtime.createMessageCorrelation("proposal.taken")
				.processInstanceBusinessKey(event.number())
				.correlate();
			return event;
		});
	}

	/** Who is asked about a proposal has as long as who must sign it. */
	@EventListener
	void move(SignOffAsked event) {
		asSoftware(() -> {
			openTasks(event.number()).stream()
				.filter((task) -> task.getTaskDefinitionKey().equals("userTask_answerConsultation"))
				.forEach((task) -> moveTask(task, (before) -> event.answerDueAt()));
			return event;
		});
	}

	@EventListener
	void wake(CaseWithdrawn event) {
		wake("case.withdrawn", event.number());
	}

	@EventListener
	void wake(CaseRedirected event) {
		wake("case.redirected", event.number());
	}

	@EventListener
	void start(LeadAsked event) {
		start(event.number(), event.lead());
	}

	/** Each organisation that is asked answers for itself. */
	private void start(String number, long lead) {
		Map<String, Object> variables = new HashMap<>(LadderVariables.CASE_NUMBER.with(number));
		variables.putAll(LadderVariables.REQUEST_ID.with(lead));
		variables.putAll(LadderVariables.ANSWER_DUE_AT.with(Date.from(this.questions.dueAt(number))));
		asSoftware(() -> this.runtime.startProcessInstanceByKey(LEAD_QUESTION, number, variables));
	}

	/**
	 * Nobody needs to answer any more what was answered, or what somebody else took. The
	 * task that is just being completed ends by itself.
	 */
	private void endLeadQuestions(String number) {
		endLeadQuestions(number, this.questions.open(number));
	}

	private void endLeadQuestions(String number, List<Long> open) {
		asSoftware(() -> {
			leadQuestions(number).stream()
				.filter((task) -> !LadderVariables.REQUEST_ID.find(this.runtime, task.getExecutionId())
					.filter(open::contains)
					.isPresent())
				.forEach((task) -> this.runtime.createMessageCorrelation("lead.questionEnded")
					.processInstanceId(task.getProcessInstanceId())
					.correlate());
			return number;
		});
	}

	private List<Task> leadQuestions(String number) {
		return openTasks(number).stream()
			.filter((task) -> task.getTaskDefinitionKey().equals("userTask_answerLeadQuestion"))
			.filter((task) -> !((TaskEntity) task).isDeleted())
			.toList();
	}

	@EventListener
	void end(LeadRefused event) {
		endLeadQuestions(event.number());
	}

	/** The watch looked: it looks again later. */
	@EventListener
	void move(LeadsMissing event) {
		this.questions.waiting(event.all().stream().map(LeadMissing::number).toList()).forEach(this::moveLeadQuestions);
	}

	private void moveLeadQuestions(String number) {
		asSoftware(() -> {
			leadQuestions(number).forEach((task) -> moveTask(task, (before) -> this.questions.dueAt(number)));
			return number;
		});
	}

	@EventListener
	void wake(LeadAccepted event) {
		endLeadQuestions(event.number());
		wake("lead.accepted", event.number());
		termQuestion(event.number(), (task) -> this.tasks.addCandidateUser(task.getId(), event.actor()));
	}

	@EventListener
	void wake(LeadReturned event) {
		wake("lead.returned", event.number());
		takeTermQuestion(event.number(), event.person());
		this.questions.open(event.number()).forEach((lead) -> start(event.number(), lead));
	}

	@EventListener
	void follow(LeadHandedOver event) {
		takeTermQuestion(event.number(), event.before());
		termQuestion(event.number(), (task) -> this.tasks.addCandidateUser(task.getId(), event.actor()));
	}

	private void takeTermQuestion(String number, String before) {
		if (!this.files.team(number).contains(before)) {
			termQuestion(number, (task) -> takeFrom(task, before));
		}
	}

	/** Who stood in sees the tasks of a case no more, unless on it in their own right. */
	@EventListener
	void take(StandInEnded event) {
		if (!this.files.isOn(event.person(), event.number())) {
			asSoftware(() -> {
				openTasks(event.number()).forEach((task) -> takeFrom(task, event.person()));
				return event;
			});
		}
	}

	private void takeFrom(Task task, String login) {
		if (login.equals(task.getAssignee())) {
			this.tasks.setAssignee(task.getId(), null);
		}
		this.tasks.deleteCandidateUser(task.getId(), login);
	}

	/**
	 * Who has the lead is asked about the term with the team, as long as they have it.
	 */
	private void termQuestion(String number, Consumer<Task> change) {
		asSoftware(() -> {
			openTasks(number).stream()
				.filter((task) -> task.getTaskDefinitionKey().equals("userTask_decideOnTerm"))
				.filter((task) -> LadderVariables.TERM_DECIDERS.find(this.runtime, task.getExecutionId())
					.map(String::isEmpty)
					.orElse(false))
				.forEach(change);
			return number;
		});
	}

	/** Other moments to look at a case without a lead. */
	@EventListener({ ThreatChanged.class, ThreatEnded.class, TermsChanged.class })
	void move(CaseEvent event) {
		moveLeadQuestions(event.number());
	}

	/** The engine looks after the workers. */
	@EventListener
	void move(WatchMoved event) {
		Date next = Date.from(event.looksAt());
		asSoftware(() -> {
			timers(event.number()).stream()
				.filter((timer) -> activityOf(timer).equals("event_watchMomentReached"))
				.forEach((timer) -> this.management.setJobDuedate(timer.getId(), next));
			return next;
		});
	}

	/** The rows in Tasklist tell what threatens now. */
	@EventListener({ ThreatChanged.class, ThreatEnded.class })
	void tellRows(CaseEvent event) {
		CaseFile file = this.files.get(event.number());
		asSoftware(() -> {
			openTasks(event.number()).forEach((task) -> TaskRows.showEvent((DelegateTask) task, file));
			return event;
		});
	}

	/** Who was asked to sign will be away: their time to answer ends when they go. */
	@EventListener
	void hasten(SignOffCutShort event) {
		Date due = Date.from(event.answerDueAt());
		asSoftware(() -> {
			timers(event.number()).stream()
				.filter((timer) -> activityOf(timer).equals("event_signOffMissing"))
				.forEach((timer) -> this.management.setJobDuedate(timer.getId(), due));
			openTasks(event.number()).stream()
				.filter((task) -> task.getTaskDefinitionKey().equals("userTask_signOff"))
				.forEach((task) -> moveTask(task, (before) -> event.answerDueAt()));
			return due;
		});
	}

	private void wake(String message, String number) {
		// Nobody waiting is no error: the case file says what was decided, and the ladder
		// reads it.
		asSoftware(() -> this.runtime.createMessageCorrelation(message)
			.processInstanceBusinessKey(number)
			.correlateAllWithResult());
	}

	@EventListener
	void move(TermMoved event) {
		Date end = Date.from(event.termEndsAt());
		asSoftware(() -> {
			timers(event.number()).stream()
				.filter((timer) -> activityOf(timer).endsWith("TermEnded"))
				.forEach((timer) -> this.management.setJobDuedate(timer.getId(), end));
			tellTerm(event.number(), (before) -> event.termEndsAt());
			openTasks(event.number()).stream()
				.filter((task) -> !DATES_OF_THEIR_OWN.contains(task.getTaskDefinitionKey())
						&& !isSessionWithOwnTerm(task))
				.forEach((task) -> moveTask(task, (before) -> event.termEndsAt()));
			return end;
		});
	}

	/** Of one that was asked by an earlier version the term is the rung's. */
	private boolean isSessionWithOwnTerm(Task task) {
		return task.getTaskDefinitionKey().equals("userTask_holdMediatedSession")
				&& LadderVariables.SESSION_ENDS_AT.find(this.runtime, task.getExecutionId()).isPresent();
	}

	/**
	 * The reasons of a hurried decision are due later. A timer that fell due on the day
	 * before is made again: the new day can pass too.
	 */
	@EventListener
	void move(FollowUpTermMoved event) {
		Date due = Date.from(event.dueAt());
		asSoftware(() -> {
			openTasks(event.number()).stream()
				.filter((task) -> task.getTaskDefinitionKey().equals("userTask_giveReasons"))
				.forEach((task) -> {
					ExecutionEntity execution = ((TaskEntity) task).getExecution();
					LadderVariables.REASONS_DUE_AT.set(execution.getProcessInstance(), due);
					moveTask(task, (before) -> event.dueAt());
					List<Job> waiting = timers(event.number()).stream()
						.filter((timer) -> activityOf(timer).equals("event_reasonsOverdue"))
						.toList();
					waiting.forEach((timer) -> this.management.setJobDuedate(timer.getId(), due));
					if (waiting.isEmpty()) {
						TimerDeclarationImpl.getDeclarationsForScope(execution.getActivity())
							.values()
							.forEach((timer) -> timer.createTimerInstance(execution));
					}
				});
			return due;
		});
	}

	@EventListener
	void stop(CasePaused event) {
		asSoftware(() -> {
			// The event does not wait: the watch over the lead goes on.
			timers(event.number()).stream()
				.filter((timer) -> !activityOf(timer).equals("event_watchMomentReached"))
				.forEach((timer) -> this.management.suspendJobById(timer.getId()));
			waitingTasks(event.number()).forEach((task) -> TaskRows.showLevel((DelegateTask) task, true));
			return event;
		});
	}

	@EventListener
	void restart(CaseResumed event) {
		if (event.actor().equals(Actor.SOFTWARE)) {
			// The case left its rung, which took its timers and tasks along.
			return;
		}
		UnaryOperator<Instant> later = (due) -> due.isBefore(event.pausedAt()) ? due
				: this.terms.resumed(due, event.pausedAt(), event.resumedAt(), event.termsVersion()).endsAt();
		asSoftware(() -> {
			// On the entity: as two commands in one transaction, the engine takes the new
			// state and the new date for a concurrent change.
			timers(event.number()).stream().filter(Job::isSuspended).map(JobEntity.class::cast).forEach((timer) -> {
				timer.setDuedate(Date.from(later.apply(timer.getDuedate().toInstant())));
				timer.setSuspensionState(SuspensionState.ACTIVE.getStateCode());
			});
			tellTerm(event.number(), later);
			waitingTasks(event.number()).forEach((task) -> {
				moveTask(task, later);
				TaskRows.showLevel((DelegateTask) task, false);
			});
			return event;
		});
	}

	/** Work that begins later on this rung is due at the new end too. */
	private void tellTerm(String number, UnaryOperator<Instant> moved) {
		instances(number).stream()
			.map(VariableScope.class::cast)
			.forEach((instance) -> LadderVariables.TERM_ENDS_AT.find(instance)
				.ifPresent(
						(end) -> LadderVariables.TERM_ENDS_AT.set(instance, Date.from(moved.apply(end.toInstant())))));
	}

	private void moveTask(Task task, UnaryOperator<Instant> moved) {
		Date due = task.getDueDate();
		if (due != null) {
			task.setDueDate(Date.from(moved.apply(due.toInstant())));
			this.tasks.saveTask(task);
		}
	}

	/** Whether somebody takes the lead waits for nothing. */
	private List<Task> waitingTasks(String number) {
		return openTasks(number).stream()
			.filter((task) -> !task.getTaskDefinitionKey().equals("userTask_answerLeadQuestion"))
			.toList();
	}

	private String activityOf(Job timer) {
		return this.management.createJobDefinitionQuery()
			.jobDefinitionId(timer.getJobDefinitionId())
			.singleResult()
			.getActivityId();
	}

	private List<Job> timers(String number) {
		return instances(number).stream()
			.flatMap((instance) -> this.management.createJobQuery()
				.processInstanceId(instance.getId())
				.timers()
				.unlimitedList()
				.stream())
			.toList();
	}

	private List<ProcessInstance> instances(String number) {
		return this.runtime.createProcessInstanceQuery().processInstanceBusinessKey(number).unlimitedList();
	}

	/**
	 * Asked in most acts; the engine's own query is written anew each time, which takes
	 * longer than asking it.
	 */
	private List<Task> openTasks(String number) {
		return this.tasks.createNativeTaskQuery()
			.sql("select task.* from %s task join %s instance on instance.ID_ = task.PROC_INST_ID_ where instance.BUSINESS_KEY_ = #{number}"
				.formatted(this.management.getTableName(Task.class),
						this.management.getTableName(ProcessInstance.class)))
			.parameter("number", number)
			.list();
	}

	/**
	 * The rights were checked by the verb that published the event; the engine acts as
	 * itself. A node that just then takes one of the case's timers up changes its row:
	 * that is no conflict for who holds the case, so it is done once more.
	 */
	private <T> T asSoftware(java.util.function.Supplier<T> act) {
		Command<T> command = (context) -> context.runWithoutAuthorization(act::get);
		for (int attempt = 1;; attempt++) {
			try {
				return this.savepoint.execute((status) -> this.engine.getCommandExecutorTxRequired().execute(command));
			}
			catch (OptimisticLockingException ex) {
				if (attempt == ATTEMPTS) {
					throw ex;
				}
			}
		}
	}

}
