package nl.doorbraak.workflow.engine;

import java.util.Set;

import org.camunda.bpm.engine.impl.history.HistoryLevel;
import org.camunda.bpm.engine.impl.history.event.HistoryEventType;
import org.camunda.bpm.engine.impl.history.event.HistoryEventTypes;

/**
 * The history but variables and form fields: what was written belongs to the case file.
 * Of jobs only failures: what a timer did stands in the record. Nor to whom a task was
 * offered: that follows from functions and parts, which are kept with their dates.
 */
class EngineHistory implements HistoryLevel {

	static final String NAME = "doorbraak";

	private static final Set<HistoryEventType> NOT_KEPT = Set.of(HistoryEventTypes.VARIABLE_INSTANCE_CREATE,
			HistoryEventTypes.VARIABLE_INSTANCE_UPDATE, HistoryEventTypes.VARIABLE_INSTANCE_UPDATE_DETAIL,
			HistoryEventTypes.VARIABLE_INSTANCE_MIGRATE, HistoryEventTypes.VARIABLE_INSTANCE_DELETE,
			HistoryEventTypes.FORM_PROPERTY_UPDATE, HistoryEventTypes.JOB_CREATE, HistoryEventTypes.JOB_SUCCESS,
			HistoryEventTypes.JOB_DELETE, HistoryEventTypes.IDENTITY_LINK_ADD, HistoryEventTypes.IDENTITY_LINK_DELETE);

	@Override
	public int getId() {
		return 90;
	}

	@Override
	public String getName() {
		return NAME;
	}

	@Override
	public boolean isHistoryEventProduced(HistoryEventType type, Object entity) {
		return !NOT_KEPT.contains(type) && HistoryLevel.HISTORY_LEVEL_FULL.isHistoryEventProduced(type, entity);
	}

}
