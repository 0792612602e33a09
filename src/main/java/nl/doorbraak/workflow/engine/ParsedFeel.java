package nl.doorbraak.workflow.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import org.camunda.bpm.dmn.feel.impl.FeelEngine;
import org.camunda.bpm.dmn.feel.impl.FeelEngineFactory;
import org.camunda.bpm.engine.variable.context.VariableContext;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.camunda.feel.api.EvaluationResult;
import org.camunda.feel.api.FeelEngineApi;
import org.camunda.feel.api.FeelEngineBuilder;
import org.camunda.feel.api.ParseResult;
import org.camunda.feel.api.SuccessfulEvaluationResult;
import org.camunda.feel.context.Context;
import org.camunda.feel.context.FunctionProvider;
import org.camunda.feel.impl.interpreter.BuiltinFunctions;
import org.camunda.feel.impl.interpreter.EvalContext;
import org.camunda.feel.impl.interpreter.FeelInterpreter;
import org.camunda.feel.syntaxtree.ParsedExpression;
import org.camunda.feel.syntaxtree.Val;
import org.camunda.feel.syntaxtree.ValError;
import org.camunda.feel.syntaxtree.ValFatalError;

/**
 * FEEL as in the engine, but each text of a table or a form is parsed once: there are a
 * few hundred of them, and parsing costs far more than evaluating.
 */
class ParsedFeel implements FeelEngine, FeelEngineFactory {

	/** Under this name a unary test finds the name of the variable that it tests. */
	private static final String INPUT_VARIABLE_NAME = "inputVariableName";

	private final FeelEngineApi feel = new FeelEngineApi(new Prepared(FeelEngineBuilder.forJava()));

	private final Map<String, ParsedExpression> expressions = new ConcurrentHashMap<>();

	private final Map<String, ParsedExpression> unaryTests = new ConcurrentHashMap<>();

	@Override
	public FeelEngine createInstance() {
		return this;
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> T evaluateSimpleExpression(String expression, VariableContext variables) {
		return (T) evaluate(this.expressions, this.feel::parseExpression, expression, values(variables));
	}

	@Override
	public boolean evaluateSimpleUnaryTests(String expression, String inputVariable, VariableContext variables) {
		Map<String, Object> values = values(variables);
		values.put(INPUT_VARIABLE_NAME, inputVariable);
		return Boolean.TRUE.equals(evaluate(this.unaryTests, this.feel::parseUnaryTests, expression, values));
	}

	private Object evaluate(Map<String, ParsedExpression> known, Function<String, ParseResult> parser, String text,
			Map<String, Object> values) {
		ParsedExpression parsed = known.computeIfAbsent(text, (unknown) -> {
			ParseResult result = parser.apply(unknown);
			if (result.isFailure()) {
				throw new IllegalArgumentException("Not FEEL: " + unknown);
			}
			return result.parsedExpression();
		});
		EvaluationResult result = this.feel.evaluate(parsed, values);
		if (result.isFailure()) {
			throw new IllegalArgumentException("FEEL has no answer: " + text);
		}
		return result.result();
	}

	private static Map<String, Object> values(VariableContext variables) {
		Map<String, Object> values = new HashMap<>();
		variables.keySet().forEach((name) -> {
			TypedValue value = variables.resolve(name);
			values.put(name, (value != null) ? value.getValue() : null);
		});
		return values;
	}

	/**
	 * FEEL whose own functions are made once: the library makes all of them anew for each
	 * cell of a table, which cost more than the rest of the evaluation.
	 */
	@SuppressWarnings("deprecation")
	private static final class Prepared extends org.camunda.feel.FeelEngine {

		private final FunctionProvider functions;

		private final FeelInterpreter interpreter;

		Prepared(FeelEngineBuilder settings) {
			super(settings.functionProvider(), settings.valueMapper(), settings.configuration(), settings.clock());
			this.functions = new BuiltinFunctions(settings.clock(), settings.valueMapper());
			this.interpreter = new FeelInterpreter(settings.valueMapper());
		}

		@Override
		public EvaluationResult evaluate(ParsedExpression expression, Context context) {
			EvalContext all = EvalContext.create(valueMapper(), this.functions).merge(context);
			Val value = this.interpreter.eval(expression.expression(), all);
			// What went wrong is told by the library.
			return (value instanceof ValError || value instanceof ValFatalError) ? super.evaluate(expression, context)
					: new SuccessfulEvaluationResult(valueMapper().unpackVal(value), all.failureCollector().failures());
		}

	}

}
