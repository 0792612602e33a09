package nl.doorbraak.workflow.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.observation.ObservationRegistry;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Reporting;
import nl.doorbraak.casefile.Writing;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.mandate.SigningDesk;
import nl.doorbraak.support.CaseInLog;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.db.entitymanager.DbEntityManager;
import org.camunda.bpm.engine.impl.identity.ReadOnlyIdentityProvider;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionManager;

import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Sets the engine up as the house needs it; it waits for our migrations, which make its
 * schema.
 */
@Component
@DependsOnDatabaseInitialization
@Order(1)
class EngineConfiguration extends AbstractProcessEnginePlugin {

	/** Of a question in somebody's name; what the software asks for itself has no end. */
	static final int MOST_ROWS = 100;

	private final Directory directory;

	private final FormGuard guard;

	private final CaseFiles files;

	private final TaskList list;

	private final JdbcClient db;

	private final ObservationRegistry observed;

	EngineConfiguration(Directory directory, CaseFiles files, FormChecker forms, Writing writing, Reporting reporting,
			SigningDesk desk, TaskList list, JdbcClient db, ObservationRegistry observed) {
		this.observed = observed;
		this.db = db;
		this.list = list;
		this.directory = directory;
		this.files = files;
		this.guard = new FormGuard(forms, writing, reporting, directory, files, desk, db);
	}

	@Override
	public void preInit(ProcessEngineConfigurationImpl engine) {
		engine.setCustomPreCommandInterceptorsTxRequired(List.of(new JobSpans(this.observed)));
		engine.setCustomPreCommandInterceptorsTxRequiresNew(List.of());
		engine.setCustomPostCommandInterceptorsTxRequired(List.of(this.guard));
		engine.setCustomPostCommandInterceptorsTxRequiresNew(List.of());
		engine.setIdGenerator(new SequenceIds(this.db));
		engine.setCustomHistoryLevels(List.of(new EngineHistory()));
		engine.setHistory(EngineHistory.NAME);
		List<BpmnParseListener> listeners = new ArrayList<>(List.of(new PlainModels(), new TaskRows(this.files)));
		engine.setCustomPostBPMNParseListeners(listeners);
		engine.setIdentityProviderSessionFactory(new Officers(this.directory));
		engine.setEnableExceptionsAfterUnhandledBpmnError(true);
		engine.setEnableExpressionsInStoredQueries(false);
		engine.setDeserializationTypeValidationEnabled(true);
		engine.setQueryMaxResultsLimit(MOST_ROWS);
		engine.setEnableCmdExceptionLogging(false);
		engine.setJobExecutorPreferTimerJobs(true);
		engine.setJobExecutorAcquireByDueDate(true);
		engine.setJobExecutorDeploymentAware(true);
		// A case goes as a whole, after its own term: its history has no date of its own.
		engine.setHistoryRemovalTimeStrategy(ProcessEngineConfiguration.HISTORY_REMOVAL_TIME_STRATEGY_NONE);
		engine.setHistoryCleanupStrategy(ProcessEngineConfiguration.HISTORY_CLEANUP_STRATEGY_END_TIME_BASED);
		engine.setHistoryEventProducer(new HistoryOfKnown());
		engine.setHistoryEventHandler(new HistoryWriter());
		engine.setTaskMetricsEnabled(false);
		engine.setLoggingContextBusinessKey(CaseInLog.FIELD);
		DefaultDmnEngineConfiguration decisions = new DefaultDmnEngineConfiguration();
		decisions.setFeelEngineFactory(new ParsedFeel());
		engine.setDmnEngineConfiguration(decisions);
		TaskRights.prepare(engine);
		List<SessionFactory> sessions = new ArrayList<>(TaskRights.sessions());
		Map<KnownDefinitions.Deployed, String> definitions = new ConcurrentHashMap<>();
		sessions.add(new TaskRights.Instead(ProcessDefinitionManager.class, () -> new KnownDefinitions(definitions)));
		sessions.add(new TaskRights.Instead(DbEntityManager.class,
				() -> new ListedTasks(engine.getIdGenerator(), this.list)));
		engine.setCustomSessionFactories(sessions);
	}

	@Override
	public void postInit(ProcessEngineConfigurationImpl engine) {
		TaskRights.addStatements(engine);
	}

	private record Officers(Directory directory) implements SessionFactory {

		@Override
		public Class<?> getSessionType() {
			return ReadOnlyIdentityProvider.class;
		}

		@Override
		public Session openSession() {
			return new OfficerIdentityProvider(this.directory);
		}

	}

}
