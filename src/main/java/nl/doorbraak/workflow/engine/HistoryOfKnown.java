package nl.doorbraak.workflow.engine;

import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.history.producer.CacheAwareHistoryEventProducer;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;

/** A line of the history names its definition, which the engine knows already. */
class HistoryOfKnown extends CacheAwareHistoryEventProducer {

	@Override
	protected ProcessDefinitionEntity getProcessDefinitionEntity(String id) {
		return Context.getProcessEngineConfiguration().getDeploymentCache().findDeployedProcessDefinitionById(id);
	}

}
