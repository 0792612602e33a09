package nl.doorbraak.alert.mail;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

@AnalyzeClasses(packages = "nl.doorbraak", importOptions = DoNotIncludeTests.class)
class MailWallTest {

	@ArchTest
	static final ArchRule ONLY_THE_MAIL_PACKAGE_KNOWS_MAIL = noClasses().that()
		.resideOutsideOfPackage("nl.doorbraak.alert.mail")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("jakarta.mail..", "org.springframework.mail..", "org.eclipse.angus..",
				"org.springframework.boot.autoconfigure.mail..");

}
