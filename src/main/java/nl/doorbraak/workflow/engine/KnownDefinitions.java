package nl.doorbraak.workflow.engine;

import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionManager;
import org.jspecify.annotations.Nullable;

/**
 * A deployed definition does not change; the engine would read its row anew in each
 * command.
 */
class KnownDefinitions extends ProcessDefinitionManager {

	@Override
	public @Nullable ProcessDefinitionEntity getCachedResourceDefinitionEntity(String id) {
		ProcessDefinitionEntity mine = super.getCachedResourceDefinitionEntity(id);
		return (mine != null) ? mine
				: Context.getProcessEngineConfiguration().getDeploymentCache().getProcessDefinitionCache().get(id);
	}

}
