package nl.doorbraak.workflow.engine;

import nl.doorbraak.testing.Attack;
import nl.doorbraak.testing.WholeApplication;
import org.camunda.bpm.engine.RepositoryService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The engine takes no model with code in it, whoever brings it. */
@WholeApplication
class PlainModelsIT {

	private static final String MODEL = """
			<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
			    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="x">
			  <bpmn:process id="code-in-it" isExecutable="true" camunda:historyTimeToLive="P1D">
			    <bpmn:startEvent id="a"/><bpmn:sequenceFlow id="f" sourceRef="a" targetRef="b"/>
			    %s
			  </bpmn:process>
			</bpmn:definitions>""";

	private final RepositoryService repository;

	@Autowired
	PlainModelsIT(RepositoryService repository) {
		this.repository = repository;
	}

	@ParameterizedTest
	@Attack(value = "C04", failedWith = "PlainModels not asked")
	@ValueSource(strings = {
			"<bpmn:scriptTask id='b' scriptFormat='javascript'><bpmn:script>1</bpmn:script></bpmn:scriptTask>",
			"<bpmn:serviceTask id='b' camunda:class='java.lang.Runtime'/>",
			"<bpmn:serviceTask id='b' camunda:expression='${1}'/>",
			"<bpmn:serviceTask id='b' camunda:type='external' camunda:topic='x'/>",
			"<bpmn:serviceTask id='b' camunda:delegateExpression=\"${''.getClass().forName('java.lang.Runtime')}\"/>",
			"<bpmn:serviceTask id='b' camunda:delegateExpression='${a}${b}'/>",
			"<bpmn:serviceTask id='b' camunda:delegateExpression='${openCaseDelegate}'><bpmn:extensionElements><camunda:connector><camunda:connectorId>http-connector</camunda:connectorId></camunda:connector></bpmn:extensionElements></bpmn:serviceTask>",
			"<bpmn:userTask id='b' camunda:assignee='${beans.run()}'/>",
			"<bpmn:userTask id='b' name='#{runtime.exec}'/>",
			"<bpmn:userTask id='b'><bpmn:extensionElements><camunda:taskListener event='create' class='java.lang.Runtime'/></bpmn:extensionElements></bpmn:userTask>",
			"<bpmn:userTask id='b'><bpmn:extensionElements><camunda:executionListener event='start'><camunda:script scriptFormat='javascript'>1</camunda:script></camunda:executionListener></bpmn:extensionElements></bpmn:userTask>",
			"<bpmn:exclusiveGateway id='b' default='h'/><bpmn:endEvent id='c'/><bpmn:sequenceFlow id='h' sourceRef='b' targetRef='c'/><bpmn:sequenceFlow id='g' sourceRef='b' targetRef='c'><bpmn:conditionExpression xsi:type='bpmn:tFormalExpression' language='javascript'>true</bpmn:conditionExpression></bpmn:sequenceFlow>" })
	void codeInAModelIsRefused(String node) {
		long before = this.repository.createProcessDefinitionQuery().count();
		assertThatThrownBy(
				() -> this.repository.createDeployment().addString("code-in-it.bpmn", MODEL.formatted(node)).deploy())
			.hasStackTraceContaining("code that Doorbraak does not run");
		assertThat(this.repository.createProcessDefinitionQuery().count()).isEqualTo(before);
	}

	@Test
	void aPlainModelIsTaken() {
		String id = this.repository.createDeployment()
			.addString("code-in-it.bpmn", MODEL.formatted("<bpmn:endEvent id=\"b\"/>"))
			.deploy()
			.getId();
		this.repository.deleteDeployment(id);
	}

}
