package nl.doorbraak.workflow;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/**
 * A model as it lies in {@code processes/}, or a copy of it that was broken on purpose.
 */
record ModelFile(String name, String text, BpmnModelInstance bpmn) {

	static final Path PROCESSES = Path.of("processes");

	static final Path FORMS = Path.of("forms");

	static List<ModelFile> all() {
		return files(PROCESSES, ".bpmn").stream().map(ModelFile::read).toList();
	}

	static ModelFile read(String name) {
		return of(name, text(PROCESSES.resolve(name + ".bpmn")));
	}

	private static ModelFile of(String name, String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return new ModelFile(name, text, Bpmn.readModelFromStream(new ByteArrayInputStream(bytes)));
	}

	ModelFile with(String original, String broken) {
		if (!this.text.contains(original)) {
			throw new IllegalArgumentException(this.name + " does not contain: " + original);
		}
		return of(this.name, this.text.replace(original, broken));
	}

	/** The names, without extension, of the files in a folder. */
	static List<String> files(Path folder, String extension) {
		try (Stream<Path> files = Files.list(folder)) {
			return files.map((file) -> file.getFileName().toString())
				.filter((file) -> file.endsWith(extension))
				.map((file) -> file.substring(0, file.length() - extension.length()))
				.sorted()
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static String text(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Process process() {
		return each(Process.class).iterator().next();
	}

	<T extends ModelElementInstance> Collection<T> each(Class<T> type) {
		return this.bpmn.getModelElementsByType(type);
	}

	@Override
	public String toString() {
		return this.name;
	}

}
