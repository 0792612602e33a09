package nl.doorbraak.defects;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.yaml.snakeyaml.Yaml;

/**
 * A mistake that can be planted in our own code, and the tests that must fail with it.
 *
 * @param harm what people would notice of it
 * @param tests classes, and methods behind a {@code #}, as Maven takes them
 */
record Defect(String name, String harm, String tests, List<Change> changes) {

	static List<Defect> all() {
		try (var list = Defect.class.getResourceAsStream("/defects.yaml")) {
			ObjectMapper mapper = new ObjectMapper();
			List<Object> entries = new Yaml().load(list);
			return entries.stream().map((entry) -> mapper.convertValue(entry, Defect.class)).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Changes the code of this project. */
	void plant(Path project) throws IOException {
		for (Change change : this.changes) {
			Path file = project.resolve(change.file());
			Files.writeString(file, Files.readString(file).replace(change.from(), change.to()));
		}
	}

	/** Takes the code of this folder again. */
	void takeOut(Path project) throws IOException {
		for (Change change : this.changes) {
			Files.copy(Path.of(change.file()), project.resolve(change.file()), StandardCopyOption.REPLACE_EXISTING);
		}
	}

	/**
	 * One piece of text that becomes another.
	 *
	 * @param from stands in the file once
	 */
	record Change(String file, String from, String to) {
	}

}
