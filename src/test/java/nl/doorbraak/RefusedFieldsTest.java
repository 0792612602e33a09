package nl.doorbraak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import nl.doorbraak.casefile.PlanPart;
import nl.doorbraak.settings.Length;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A form that is refused leads to the field that is wrong: a refusal names it as the form
 * does, and it has an id to go to. What is given for a parameter {@code field} is such a
 * name. Not whether it is in the very form that was sent: that is for the test of a form.
 */
class RefusedFieldsTest {

	private static final Path SOURCES = Path.of("src", "main", "java", "nl", "doorbraak");

	private static final Path TEMPLATES = Path.of("src", "main", "resources", "templates");

	/**
	 * Class and code of what is wrong with no field that somebody fills in, for each
	 * call.
	 */
	private static final List<String> ABOUT_NO_FIELD = List.of(
			// a button, a hidden field or an address, or an answer that no form offers
			"CallList: outcome", "CallList: who", "DemoClockPage: step", "Plans: plan-part", "Plans: plan-part-single",
			"Surveys: survey-scores",
			// the form as a whole
			"Consultations: own-proposal", "Fields: moment", "PlanAnswers: plan-empty", "Plans: plan-order",
			"Surveys: survey-empty",
			// what was written or looked at before, on another page
			"Examples: names-the-place", "Lists: list-refused", "Retention: amount", "Retention: amount",
			// a page that is asked for
			"Auditors: no-such-line", "CasePictures: day-to-come", "MandatePages: not-in-the-list",
			"PowersPages: powers-day", "ProcessingLog: period", "StatisticsPages: statistics-period",
			// a machine
			"EngineProblems: not-accepted", "FormChecker: field-undeclared", "TasklistQuestions: not-accepted");

	/** A field is one of JSON there. */
	private static final Set<String> READERS_OF_JSON = Set.of("FormGuard", "TasklistQuestions");

	private static final Pattern IN_SETTINGS = Pattern.compile("(rung|extension|level|moment)\\..+");

	/** Sent by a machine only. */
	private static final Pattern IN_A_SIGNAL = Pattern.compile("municipality");

	private static final Sources CODE = new Sources();

	private static final List<Element> FIELDS = new ArrayList<>();

	@BeforeAll
	static void read() throws IOException {
		CODE.read();
		for (Path template : files(TEMPLATES, ".html")) {
			FIELDS.addAll(Jsoup.parse(Files.readString(template))
				.select("input:not([type=hidden]), select, textarea")
				.select("[name], [th:name]"));
		}
	}

	@Test
	void refusalSaysWhichFieldItIsAbout() {
		assertThat(CODE.aboutNoField).containsExactlyInAnyOrderElementsOf(ABOUT_NO_FIELD);
	}

	@Test
	void fieldThatIsNamedIsInAForm() throws IOException {
		Set<Pattern> names = new HashSet<>();
		FIELDS.forEach((field) -> names.add(name(field)));
		Stream.of(Length.values()).forEach((length) -> names.add(Pattern.compile(length.code())));
		Stream.of(PlanPart.values())
			.flatMap((part) -> part.fields().stream())
			.forEach((field) -> names.add(Pattern.compile(field.key())));
		names.add(IN_SETTINGS);
		names.add(IN_A_SIGNAL);
		for (Path form : files(Path.of("forms"), ".form")) {
			Pattern.compile("\"key\": \"(\\w+)\"")
				.matcher(Files.readString(form))
				.results()
				.forEach((key) -> names.add(Pattern.compile(key.group(1))));
		}
		assertThat(CODE.named).hasSizeGreaterThan(200);
		assertThat(CODE.named.entrySet())
			.filteredOn((named) -> names.stream().noneMatch((name) -> name.matcher(named.getValue()).matches()))
			.isEmpty();
	}

	@Test
	void everyFieldHasAnIdToLeadTo() {
		assertThat(FIELDS).hasSizeGreaterThan(200).allMatch((field) -> field.hasAttr("id") || field.hasAttr("th:id"));
	}

	/** What Thymeleaf fills in may be anything, but for a name that is all of that. */
	private static Pattern name(Element field) {
		if (!field.hasAttr("th:name")) {
			return Pattern.compile(Pattern.quote(field.attr("name")));
		}
		String name = field.attr("th:name").replaceFirst("^\\$\\{'([^']+)' \\+ .*}$", "|$1\\${x}|");
		return name.startsWith("|") && !name.startsWith("|$")
				? Pattern.compile(name.substring(1, name.length() - 1).replaceAll("\\$\\{[^}]*}", ".+"))
				: Pattern.compile("(?!)");
	}

	private static List<Path> files(Path folder, String end) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter((file) -> file.toString().endsWith(end)).toList();
		}
	}

	/** What the code says of fields. */
	private static final class Sources {

		private final List<String> aboutNoField = new ArrayList<>();

		/** By place; a name that is counted on ends with 1. */
		private final Map<String, String> named = new HashMap<>();

		/** Of a method, as class, name and how many parameters: which is the field. */
		private final Map<String, Integer> methods = new HashMap<>();

		private void read() throws IOException {
			JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
			try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
				JavacTask task = (JavacTask) compiler.getTask(null, manager, null, null, null,
						manager.getJavaFileObjectsFromPaths(files(SOURCES, ".java")));
				List<CompilationUnitTree> units = new ArrayList<>();
				task.parse().forEach(units::add);
				units.forEach((unit) -> unit.accept(new Declared(), null));
				units.forEach((unit) -> unit.accept(new Called(), name(unit)));
			}
			catch (UncheckedIOException ex) {
				throw ex.getCause();
			}
		}

		private static String name(CompilationUnitTree unit) {
			return Path.of(unit.getSourceFile().getName()).getFileName().toString().replace(".java", "");
		}

		private final class Declared extends TreeScanner<Void, String> {

			@Override
			public Void visitCompilationUnit(CompilationUnitTree unit, String none) {
				return super.visitCompilationUnit(unit, name(unit));
			}

			@Override
			public Void visitMethod(MethodTree method, String type) {
				IntStream.range(0, method.getParameters().size())
					.filter((n) -> method.getParameters().get(n).getName().contentEquals("field")
							&& method.getParameters().get(n).getType().toString().endsWith("String"))
					.forEach((n) -> Sources.this.methods
						.put(type + "." + method.getName() + " " + method.getParameters().size(), n));
				return super.visitMethod(method, type);
			}

		}

		private final class Called extends TreeScanner<Void, String> {

			@Override
			public Void visitMethodInvocation(MethodInvocationTree call, String type) {
				List<? extends ExpressionTree> with = call.getArguments();
				String method = method(call.getMethodSelect(), type);
				Integer field = Sources.this.methods.get(method + " " + with.size());
				if (method.equals("Refused.invalid") && (field == null || isNull(with.get(field)))) {
					Sources.this.aboutNoField.add(type + ": " + with.get(0).toString().replace("\"", ""));
				}
				if (field != null && !READERS_OF_JSON.contains(type)) {
					names(with.get(field))
						.forEach((name) -> Sources.this.named.put(type + ": " + call + " " + name, name));
				}
				return super.visitMethodInvocation(call, type);
			}

			private static String method(ExpressionTree called, String type) {
				if (called instanceof MemberSelectTree member) {
					String of = member.getExpression().toString().replaceFirst("^.*\\.", "");
					return (of.equals("this") ? type : Character.toUpperCase(of.charAt(0)) + of.substring(1)) + "."
							+ member.getIdentifier();
				}
				return type + "." + called;
			}

			private static boolean isNull(Tree argument) {
				return argument.getKind() == Tree.Kind.NULL_LITERAL;
			}

			private static List<String> names(Tree argument) {
				if (argument instanceof LiteralTree literal && literal.getValue() instanceof String name) {
					return List.of(name);
				}
				if (argument instanceof BinaryTree sum && sum.getLeftOperand() instanceof LiteralTree begin) {
					return List.of(begin.getValue() + "1");
				}
				if (argument instanceof ConditionalExpressionTree either) {
					return Stream.of(either.getTrueExpression(), either.getFalseExpression())
						.flatMap((each) -> names(each).stream())
						.toList();
				}
				return (argument instanceof ParenthesizedTree inner) ? names(inner.getExpression()) : List.of();
			}

		}

	}

}
