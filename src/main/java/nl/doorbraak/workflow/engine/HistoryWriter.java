package nl.doorbraak.workflow.engine;

import org.camunda.bpm.engine.impl.history.event.HistoricScopeInstanceEvent;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.history.handler.DbHistoryEventHandler;

/**
 * Ends a line of the history without reading first when it began: that only serves to
 * keep how long it took, which follows from begin and end.
 */
class HistoryWriter extends DbHistoryEventHandler {

	@Override
	protected void insertOrUpdate(HistoryEvent event) {
		if (event instanceof HistoricScopeInstanceEvent && event.getId() != null && !isInitialEvent(event)
				&& getDbEntityManager().getCachedEntity(event.getClass(), event.getId()) == null) {
			getDbEntityManager().merge(event);
		}
		else {
			super.insertOrUpdate(event);
		}
	}

}
