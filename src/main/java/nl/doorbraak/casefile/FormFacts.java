package nl.doorbraak.casefile;

import java.util.Map;

/**
 * What another room knows that a form of a case shows: asked whenever a form opens, and
 * again when it comes back.
 */
public interface FormFacts {

	/** Values by field key; empty for a form that is none of the room's business. */
	Map<String, Object> facts(FormTask task);

}
