package nl.doorbraak.workflow.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/**
 * Which jobs this node takes: those of models whose code it has, of earlier versions too.
 * While a newer version runs beside it, that one does its own.
 */
@Component
class RunnableDeployments implements SmartInitializingSingleton {

	private static final Logger log = LoggerFactory.getLogger(RunnableDeployments.class);

	private static final Pattern CODE = Pattern.compile("elegateExpression=\"[$#]\\{([A-Za-z]+)}\"");

	private final RepositoryService models;

	private final ManagementService management;

	private final ListableBeanFactory beans;

	RunnableDeployments(RepositoryService models, ManagementService management, ListableBeanFactory beans) {
		this.models = models;
		this.management = management;
		this.beans = beans;
	}

	@Override
	public void afterSingletonsInstantiated() {
		register();
	}

	/** All that are there now; what this node deploys itself the engine adds. */
	void register() {
		this.models.createDeploymentQuery().unlimitedList().forEach((deployment) -> {
			if (canRun(deployment.getId())) {
				this.management.registerDeploymentForJobExecutor(deployment.getId());
			}
			else {
				this.management.unregisterDeploymentForJobExecutor(deployment.getId());
				log.warn(
						"Models deployed at {} name code that this version does not have: a newer version must run for their cases",
						deployment.getDeploymentTime().toInstant());
			}
		});
	}

	private boolean canRun(String deployment) {
		return this.models.getDeploymentResourceNames(deployment)
			.stream()
			.filter((name) -> name.endsWith(".bpmn"))
			.allMatch((name) -> CODE.matcher(text(deployment, name))
				.results()
				.allMatch((found) -> this.beans.containsBean(found.group(1))));
	}

	private String text(String deployment, String name) {
		try (InputStream content = this.models.getResourceAsStream(deployment, name)) {
			return new String(content.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
