package nl.doorbraak.workflow.engine;

import java.util.List;

import nl.doorbraak.support.watchdog.Watched;
import nl.doorbraak.testing.WholeApplication;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cmd.AcquireJobsCmd;
import org.camunda.bpm.engine.impl.jobexecutor.AcquiredJobs;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** A node beside a newer one does nothing for which only that one has the code. */
@WholeApplication
class RunnableDeploymentsIT {

	private static final String MODEL = """
			<?xml version="1.0" encoding="UTF-8"?>
			<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="http://bpmn.io/schema/bpmn">
			  <bpmn:process id="newer-version" isExecutable="true" camunda:historyTimeToLive="P1D">
			    <bpmn:startEvent id="start" camunda:asyncAfter="true" />
			    <bpmn:sequenceFlow id="a" sourceRef="start" targetRef="task" />
			    <bpmn:serviceTask id="task" camunda:delegateExpression="${%s}" />
			  </bpmn:process>
			</bpmn:definitions>
			""";

	private final ProcessEngine engine;

	private final ManagementService management;

	private final RunnableDeployments deployments;

	private final Watched overdue;

	private final JdbcClient db;

	@Autowired
	RunnableDeploymentsIT(ProcessEngine engine, ManagementService management, RunnableDeployments deployments,
			@Qualifier("overdueJobs") Watched overdue, JdbcClient db) {
		this.engine = engine;
		this.management = management;
		this.deployments = deployments;
		this.overdue = overdue;
		this.db = db;
	}

	@Test
	void takesNoJobOfAModelWhoseCodeItDoesNotHave() {
		String unknown = deploy("ofANewerVersionDelegate");
		this.deployments.register();
		try {
			assertThat(this.management.getRegisteredDeployments()).doesNotContain(unknown).isNotEmpty();
			this.engine.getRuntimeService().startProcessInstanceByKey("newer-version");
			Job job = this.management.createJobQuery().processDefinitionKey("newer-version").singleResult();
			this.overdue.repair(new Watched.Late(job.getId(), ""));
			assertThat(acquired()).doesNotContain(job.getId());
			assertThat(this.management.createJobQuery().jobId(job.getId()).singleResult().getRetries())
				.isEqualTo(job.getRetries());
			this.management.registerDeploymentForJobExecutor(unknown);
			assertThat(acquired()).as("who has the code takes it").contains(job.getId());
		}
		finally {
			this.engine.getRepositoryService().deleteDeployment(unknown, true, true, true);
		}
	}

	@Test
	void takesJobsOfAllModelsWhoseCodeItHas() {
		String known = deploy("openCaseDelegate");
		try {
			this.management.unregisterDeploymentForJobExecutor(known);
			this.deployments.register();
			assertThat(this.management.getRegisteredDeployments()).contains(known);
			assertThat(this.management.getRegisteredDeployments())
				.hasSize(this.engine.getRepositoryService().createDeploymentQuery().unlimitedList().size());
		}
		finally {
			this.engine.getRepositoryService().deleteDeployment(known, true, true, true);
		}
	}

	private String deploy(String delegate) {
		return this.engine.getRepositoryService()
			.createDeployment()
			.name(delegate)
			.addString("newer-version.bpmn", MODEL.formatted(delegate))
			.deploy()
			.getId();
	}

	/** What the job executor of this node would take now, without taking it. */
	private List<String> acquired() {
		ProcessEngineConfigurationImpl configuration = (ProcessEngineConfigurationImpl) this.engine
			.getProcessEngineConfiguration();
		JobExecutor executor = configuration.getJobExecutor();
		AcquiredJobs jobs = configuration.getCommandExecutorTxRequired().execute(new AcquireJobsCmd(executor, 100));
		List<String> ids = jobs.getJobIdBatches().stream().flatMap(List::stream).toList();
		this.db.sql("update camunda.act_ru_job set lock_owner_ = null, lock_exp_time_ = null").update();
		return ids;
	}

}
