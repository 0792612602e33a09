package nl.doorbraak.workflow.engine;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import nl.doorbraak.support.StartRefused;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * Refuses a model that holds code: a script, a class, a connector, or an expression that
 * does more than read a variable or name one of our delegates. What the engine deploys,
 * it runs; so this is asked of every model, whichever way it came.
 */
class PlainModels extends AbstractBpmnParseListener {

	private static final Set<String> CODE = Set.of("script", "scriptTask", "connector", "field");

	private static final Set<String> CODE_BY_NAME = Set.of("class", "expression", "type", "resource", "scriptFormat",
			"language");

	private static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";

	private static final Pattern PLAIN = Pattern.compile(
			"\\$\\{!?[a-z][A-Za-z]*( == '[A-Za-z]+')?}|\\$\\{decisionResult\\[0]\\.[a-z][A-Za-z]*}|#\\{execution\\.processBusinessKey}");

	@Override
	public void parseRootElement(Element root, List<ProcessDefinitionEntity> processes) {
		check(root);
	}

	private static void check(Element element) {
		if (CODE.contains(element.getTagName())) {
			throw refused(element, element.getTagName());
		}
		for (String name : element.attributes()) {
			String plain = name.substring(name.lastIndexOf(':') + 1);
			boolean engines = name.startsWith(CAMUNDA) || CAMUNDA.equals(element.getUri()) || plain.equals("language")
					|| plain.equals("scriptFormat");
			if (engines && CODE_BY_NAME.contains(plain)) {
				throw refused(element, plain);
			}
			checkText(element, element.attribute(name));
		}
		checkText(element, element.getText());
		element.elements().forEach(PlainModels::check);
	}

	private static void checkText(Element element, String text) {
		if ((text.contains("${") || text.contains("#{")) && !PLAIN.matcher(text.strip()).matches()) {
			throw refused(element, text.strip());
		}
	}

	private static StartRefused refused(Element element, String what) {
		return new StartRefused(
				"A model holds code that Doorbraak does not run: " + element.getTagName() + " in line "
						+ element.getLine() + ", " + what + ".",
				"Use a delegate of Doorbraak by name, ${...Delegate}, and variables that it wrote.");
	}

}
