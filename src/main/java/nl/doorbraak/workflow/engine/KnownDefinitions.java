package nl.doorbraak.workflow.engine;

import java.util.Map;

import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionManager;
import org.jspecify.annotations.Nullable;

/**
 * A deployed definition does not change; the engine would read its row anew in each
 * command.
 */
class KnownDefinitions extends ProcessDefinitionManager {

	/** Of definitions found so far, for all commands together. */
	private final Map<Deployed, String> ids;

	KnownDefinitions(Map<Deployed, String> ids) {
		this.ids = ids;
	}

	/** What calls another process asks for it by its own deployment. */
	@Override
	public @Nullable ProcessDefinitionEntity findDefinitionByDeploymentAndKey(String deployment, String key) {
		Deployed asked = new Deployed(deployment, key);
		String id = this.ids.get(asked);
		ProcessDefinitionEntity known = (id != null) ? getCachedResourceDefinitionEntity(id) : null;
		if (known != null) {
			return known;
		}
		ProcessDefinitionEntity read = super.findDefinitionByDeploymentAndKey(deployment, key);
		if (read != null) {
			this.ids.put(asked, read.getId());
		}
		return read;
	}

	@Override
	public @Nullable ProcessDefinitionEntity getCachedResourceDefinitionEntity(String id) {
		ProcessDefinitionEntity mine = super.getCachedResourceDefinitionEntity(id);
		return (mine != null) ? mine
				: Context.getProcessEngineConfiguration().getDeploymentCache().getProcessDefinitionCache().get(id);
	}

	record Deployed(String deployment, String key) {
	}

}
