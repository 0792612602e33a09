package nl.doorbraak.supply;

import java.io.ObjectInputStream;
import java.util.Locale;

import javax.script.ScriptEngineManager;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaParameter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestMapping;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Parts of others that have a fault without a fix, or run what somebody sends, and that
 * are therefore not in the jar or not used: the exceptions in
 * {@code docs/vulnerabilities.csv} lean on this.
 */
@AnalyzeClasses(packages = "nl.doorbraak", importOptions = ImportOption.DoNotIncludeTests.class)
class AbsentPartsTest {

	@ArchTest
	static final ArchRule partsWithAKnownFaultAreNotUsed = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework.web.servlet.view.xslt..", "org.springframework.web.servlet.function..",
				"org.springframework.web.reactive..", "org.springframework.expression..",
				"org.springframework.messaging..", "org.springframework.web.socket..")
		.orShould()
		.dependOnClassesThat()
		.haveNameMatching(
				".*\\.(SseEmitter|ResponseBodyEmitter|StreamingResponseBody|UrlFilenameViewController|FragmentsRendering|ServerSentEvent|UrlHandlerFilter|EscapedErrors)");

	@ArchTest
	static final ArchRule nothingRunsWhatSomebodySends = noClasses().that()
		.resideOutsideOfPackage("..demo..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("javax.script..", "groovy..", "org.yaml.snakeyaml..", "com.thoughtworks.xstream..",
				"java.beans..", "java.rmi..")
		.orShould()
		.dependOnClassesThat()
		.areAssignableTo(ObjectInputStream.class);

	@ArchTest
	static final ArchRule whatIsSentIsBoundToSingleTextsOnly = methods().that()
		.areMetaAnnotatedWith(RequestMapping.class)
		.should(bindNoMoreThanTexts())
		.because("a property path can make a list grow without end (CVE-2026-59282)");

	@ArchTest
	static void noScriptEngineKnowsALanguage(com.tngtech.archunit.core.domain.JavaClasses ours) {
		assertThat(new ScriptEngineManager().getEngineFactories().stream().flatMap((each) -> each.getNames().stream()))
			.map((name) -> name.toLowerCase(Locale.ROOT))
			.doesNotContain("js", "javascript", "ecmascript", "nashorn", "rhino", "groovy", "python", "ruby");
	}

	@ArchTest
	static void expressionsAreNotCompiled(com.tngtech.archunit.core.domain.JavaClasses ours) {
		assertThat(System.getProperty("spring.expression.compiler.mode")).isNull();
		assertThat(AbsentPartsTest.class.getResource("/spring.properties")).isNull();
	}

	private static ArchCondition<JavaMethod> bindNoMoreThanTexts() {
		return new ArchCondition<>("bind what is sent to records of texts only") {

			@Override
			public void check(JavaMethod method, ConditionEvents events) {
				for (JavaParameter parameter : method.getParameters()) {
					JavaClass type = parameter.getRawType();
					boolean bound = parameter.isAnnotatedWith(ModelAttribute.class)
							|| (type.getPackageName().startsWith("nl.doorbraak")
									&& parameter.getAnnotations().isEmpty());
					boolean texts = type.isRecord() && type.getFields()
						.stream()
						.filter((field) -> !field.getModifiers()
							.contains(com.tngtech.archunit.core.domain.JavaModifier.STATIC))
						.allMatch((field) -> field.getRawType().isEquivalentTo(String.class));
					if (bound && !texts) {
						events.add(SimpleConditionEvent.violated(method,
								method.getFullName() + " binds what is sent to " + type.getName()));
					}
				}
			}

		};
	}

}
