package nl.doorbraak;

import java.time.Clock;
import java.util.Date;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import nl.doorbraak.audit.AuditCommand;
import nl.doorbraak.audit.checker.PackCheck;
import nl.doorbraak.support.DatabaseClock;

import org.springframework.beans.factory.annotation.Autowired;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

/**
 * The rules of the house that {@link ModularityTest} cannot see. A rule that matches
 * nothing fails.
 */
@AnalyzeClasses(packages = "nl.doorbraak", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

	@ArchTest
	static final ArchRule onlyWorkflowKnowsTheEngine = noClasses().that(resideOutsideOfPackage("..workflow.."))
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.camunda..")
		.because("the engine will be exchanged one day, and must then be found in one room");

	@ArchTest
	static final ArchRule variablesHaveOneDoor = noClasses().that(not(simpleName("ProcessVariable")))
		.should()
		.callMethodWhere(theCall("(get|set|remove)Variables?(Local|LocalTyped|Typed)?"))
		.because("a variable is declared once, with its type, and holds no text about people");

	@ArchTest
	static final ArchRule delegatesSayWhatTheyAre = classes().that()
		.resideInAPackage("..workflow.delegate..")
		.and(not(simpleName("package-info")))
		.should()
		.haveNameMatching(".*(Delegate|Listener)")
		.andShould()
		.bePackagePrivate()
		.andShould(haveOneConstructor())
		.because("a model names them by bean; nobody else may call them");

	@ArchTest
	static final ArchRule thereIsOneClock = noClasses().that(not(JavaClass.Predicates.type(DatabaseClock.class)))
		.should()
		.callMethodWhere(theCall("now").and(ownedBy(resideInAPackage("java.time.."))))
		.orShould()
		.callMethodWhere(theCall("system.*").and(ownedBy(JavaClass.Predicates.type(Clock.class))))
		.orShould()
		.callMethodWhere(theCall("currentTimeMillis|nanoTime"))
		.orShould()
		.callConstructorWhere(DescribedPredicate.describe("is new Date()",
				(JavaConstructorCall call) -> call.getTargetOwner().isEquivalentTo(Date.class)
						&& call.getTarget().getRawParameterTypes().isEmpty()))
		.because("all nodes, the database and the engine must agree on what time it is");

	@ArchTest
	static final ArchRule webIsUsedByNobody = noClasses()
		.that(resideInAPackage("nl.doorbraak..").and(not(resideInAPackage("nl.doorbraak.*.web.."))))
		.should()
		.dependOnClassesThat(
				resideInAPackage("nl.doorbraak.*.web..").and(not(resideInAPackage("nl.doorbraak.support.web.."))))
		.because("a page or an API may change without anything else changing");

	@ArchTest
	static final ArchRule roomsOnTopAreImportedByNobody = noClasses()
		.that(not(resideInAnyPackage("nl.doorbraak.workflow..", "nl.doorbraak.overview..", "nl.doorbraak.demo..")))
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("nl.doorbraak.workflow..", "nl.doorbraak.overview..", "nl.doorbraak.demo..")
		.because("rules must not depend on the engine, the pages or the demo");

	@ArchTest
	static final ArchRule roomsOnTopDoNotImportEachOther = noClasses().that()
		.resideInAnyPackage("nl.doorbraak.overview..", "nl.doorbraak.demo..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("nl.doorbraak.workflow..")
		.because("pages and demo reach the engine through the ports of support");

	@ArchTest
	static final ArchRule overviewAndDemoStandAlone = noClasses().that()
		.resideInAnyPackage("nl.doorbraak.workflow..", "nl.doorbraak.overview..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("nl.doorbraak.demo..")
		.because("the demo is not in the packaged jar");

	@ArchTest
	static final ArchRule whatIsNeededIsInTheConstructor = noFields().should()
		.beAnnotatedWith(Autowired.class)
		.because("a class that asks for its needs in the constructor can be made in a test");

	@ArchTest
	static final ArchRule logsGoThroughTheLogger = noClasses().that()
		.doNotBelongToAnyOf(AuditCommand.class, PackCheck.class)
		.should()
		.accessField(System.class, "out")
		.orShould()
		.accessField(System.class, "err")
		.orShould()
		.callMethodWhere(theCall("printStackTrace").and(ownedBy(assignableTo(Throwable.class))))
		.because("what is printed past the logger cannot be kept free of personal data");

	@ArchTest
	static final ArchRule termsArePure = noClasses().that()
		.resideInAPackage("nl.doorbraak.ladder..")
		.and(not(simpleName("Terms")))
		.and(not(simpleName("TermTables")))
		.and(not(simpleName("package-info")))
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework..")
		.because("by when, and why that date, can be checked by who knows the law and not the framework");

	private static DescribedPredicate<JavaCall<?>> theCall(String name) {
		return DescribedPredicate.describe("calls " + name,
				(JavaCall<?> call) -> HasName.Predicates.nameMatching(name).test(call.getTarget()));
	}

	private static DescribedPredicate<JavaCall<?>> ownedBy(DescribedPredicate<? super JavaClass> owner) {
		return DescribedPredicate.describe("of " + owner.getDescription(),
				(JavaCall<?> call) -> owner.test(call.getTargetOwner()));
	}

	private static ArchCondition<JavaClass> haveOneConstructor() {
		return new ArchCondition<>("have one constructor, not private") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				boolean one = type.getConstructors().size() == 1
						&& !type.getConstructors().iterator().next().getModifiers().contains(JavaModifier.PRIVATE);
				events.add(new SimpleConditionEvent(type, one,
						type.getName() + " has " + type.getConstructors().size() + " constructors"));
			}

		};
	}

}
