package nl.doorbraak.workflow.engine;

import java.util.Map;
import java.util.Optional;

import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.VariableScope;

/**
 * A process variable, declared once with its name and type: a case number, date, code or
 * boolean, never text about people. The only place that reads or writes variables of the
 * engine.
 */
public record ProcessVariable<T>(String name, Class<T> type) {

	/**
	 * The value.
	 * @throws IllegalStateException when it is missing or of another type: a fault in a
	 * model
	 */
	public T require(VariableScope scope) {
		Object value = scope.getVariable(this.name);
		if (!this.type.isInstance(value)) {
			throw new IllegalStateException("Variable '" + this.name + "' must be a " + this.type.getSimpleName()
					+ " in " + scope.getVariableScopeKey() + ", but is "
					+ ((value == null) ? "missing" : "a " + value.getClass().getSimpleName())
					+ ": check the model's mappings");
		}
		return this.type.cast(value);
	}

	/** The value where a model may do without; nothing when it is missing. */
	public Optional<T> find(VariableScope scope) {
		return (scope.getVariable(this.name) != null) ? Optional.of(require(scope)) : Optional.empty();
	}

	/** The value in something that runs; nothing when it is missing. */
	public Optional<T> find(RuntimeService runtime, String execution) {
		return Optional.ofNullable(runtime.getVariable(execution, this.name)).map(this.type::cast);
	}

	public void set(VariableScope scope, T value) {
		scope.setVariable(this.name, value);
	}

	/** Sets it for this scope alone, which is how it shows in a row of Tasklist. */
	public void setLocal(VariableScope scope, T value) {
		scope.setVariableLocal(this.name, value);
	}

	public void removeLocal(VariableScope scope) {
		scope.removeVariableLocal(this.name);
	}

	public Map<String, Object> with(T value) {
		return Map.of(this.name, value);
	}

}
