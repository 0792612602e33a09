package nl.doorbraak.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The last release, built once from its commit.
 *
 * @param demo what its jar leaves out and the demo needs: classes and resources
 */
public record Released(String commit, Path jar, Path demo) {

	/** In the compiled classes of any version. */
	public static final List<String> DEMO = List.of("nl/doorbraak/demo", "templates/demo", "demo",
			"application-demo.yaml");

	/** The last one of {@code docs/releases.txt}. */
	public static Released last() throws IOException, InterruptedException {
		List<String> commits = Files.readAllLines(Path.of("docs/releases.txt"));
		String commit = commits.get(commits.size() - 1).split(" ")[0];
		Path folder = Path.of("target", "released").toAbsolutePath();
		Released released = new Released(commit, folder.resolve(commit + ".jar"), folder.resolve(commit + "-demo"));
		if (!Files.exists(released.jar) || !Files.exists(released.demo)) {
			Files.createDirectories(folder);
			Path tree = folder.resolve(commit);
			run(Path.of("."), "git", "worktree", "add", "--force", "--detach", tree.toString(), commit);
			try {
				run(tree, "mvn", "-B", "-q", "package", "-DskipTests");
				Files.copy(tree.resolve("target/doorbraak.jar"), released.jar, StandardCopyOption.REPLACE_EXISTING);
				copyDemo(tree.resolve("target/classes"), released.demo);
			}
			finally {
				run(Path.of("."), "git", "worktree", "remove", "--force", tree.toString());
			}
		}
		return released;
	}

	/** What the demo needs of these classes. */
	public static void copyDemo(Path classes, Path folder) throws IOException {
		for (String part : DEMO) {
			copy(classes.resolve(part), folder.resolve(part));
		}
	}

	private static void copy(Path from, Path to) throws IOException {
		if (!Files.exists(from)) {
			return;
		}
		try (Stream<Path> all = Files.walk(from)) {
			for (Path each : all.toList()) {
				Path target = Optional.of(from.relativize(each))
					.filter((path) -> !path.toString().isEmpty())
					.map(to::resolve)
					.orElse(to);
				if (Files.isDirectory(each)) {
					Files.createDirectories(target);
				}
				else {
					Files.createDirectories(target.toAbsolutePath().getParent());
					Files.copy(each, target, StandardCopyOption.REPLACE_EXISTING);
				}
			}
		}
	}

	private static void run(Path where, String... command) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(command).directory(where.toFile()).redirectErrorStream(true).start();
		String said = new String(process.getInputStream().readAllBytes());
		assertThat(process.waitFor()).as(String.join(" ", command) + "\n" + said).isZero();
	}

}
