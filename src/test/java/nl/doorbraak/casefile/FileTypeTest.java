package nl.doorbraak.casefile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import nl.doorbraak.support.Refused;
import nl.doorbraak.testing.Attack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class FileTypeTest {

	private static final String ODT = "application/vnd.oasis.opendocument.text";

	private static final String DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

	private static final byte[] PDF = bytes("%PDF-1.7\n1 0 obj <<>> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n");

	/** Of one dot. */
	private static final byte[] PNG = bytes(
			"\u0089PNG\r\n\u001a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\b\0\0\0\0:~\u009bU\0\0\0\nIDATx\u009cc`\0\0\0\2\0\1H\u00af\u00a4q\0\0\0\0IEND\u00aeB`\u0082");

	/** As far as the picture itself. */
	private static final byte[] JPEG = bytes(
			"\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF\0\1\1\0\0\1\0\1\0\0\u00ff\u00c0\0\u000b\b\0\1\0\1\1\1\u0011\0\u00ff\u00da\0\b\1\1\0\0?\0\u00d2\u00ff\u00d9");

	@ParameterizedTest(name = "{1}")
	@MethodSource
	void fileIsWhatItsBytesSay(FileType type, String name, String mediaType, byte[] file) {
		assertThat(FileType.check(file, name, mediaType)).isEqualTo(type);
	}

	static Stream<Arguments> fileIsWhatItsBytesSay() {
		return Stream.of(arguments(FileType.PDF, "Brief.PDF", "application/pdf", PDF),
				arguments(FileType.PNG, "scherm.png", "image/png", PNG),
				arguments(FileType.JPEG, "foto.jpeg", "image/jpeg", JPEG),
				arguments(FileType.JPEG, "../../foto van Iris.jpg", "image/jpeg", JPEG),
				arguments(FileType.ODT, "brief.odt", ODT, odt("")), arguments(FileType.DOCX, "b.docx", DOCX, docx("")));
	}

	@ParameterizedTest(name = "{0}: {1}")
	@MethodSource
	void fileThatCannotBeIsRefused(String code, String name, String mediaType, byte[] file) {
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> FileType.check(file, name, mediaType))
			.satisfies((refused) -> assertThat(refused.code()).isEqualTo(code));
	}

	static Stream<Arguments> fileThatCannotBeIsRefused() {
		return Stream.of(arguments("file-is-another", "brief.exe", "application/pdf", PDF),
				arguments("file-is-another", "brief.pdf.html", "application/pdf", PDF),
				arguments("file-is-another", "brief.pdf", "text/html", PDF),
				arguments("file-is-another", "brief.pdf", "image/png", PNG),
				arguments("file-is-another", "foto.png", "image/png", JPEG),
				arguments("file-is-another", null, null, PDF),
				arguments("file-type", "brief.pdf", "application/pdf", bytes("%PDF-1.7 half")),
				arguments("file-type", "brief.pdf", "application/pdf", bytes("<html>%PDF-1.7 %%EOF")),
				arguments("file-type", "eicar.pdf", "application/pdf",
						bytes("X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*")),
				arguments("file-type", "x.png", "image/png", Arrays.copyOf(PNG, PNG.length + 1)),
				arguments("file-type", "x.jpg", "image/jpeg", Arrays.copyOf(JPEG, 24)),
				arguments("file-type", "x.jpg", "image/jpeg", bytes("\u00ff\u00d8\u00ff\u00da\0\2\u00ff\u00d9")),
				arguments("file-type", "x.svg", "image/svg+xml", bytes("<svg onload='alert(1)'/>")),
				arguments("file-type", "x.docx", DOCX, zip("mimetype", "text/plain")),
				arguments("file-type", "x.docx", DOCX, Arrays.copyOf(docx(""), 60)),
				arguments("file-type", "x.docm", DOCX,
						zip("[Content_Types].xml", "application/vnd.ms-word.document.macroEnabled.main+xml",
								"word/document.xml", "x")),
				arguments("file-type", "x.docx", DOCX, hidden()),
				arguments("file-has-macros", "x.docx", DOCX, docx("word/vbaProject.bin")),
				arguments("file-has-macros", "x.odt", ODT, odt("Basic/Standard/Module1.xml")),
				arguments("file-is-locked", "x.odt", ODT,
						zip("mimetype", ODT, "content.xml", "x", "META-INF/manifest.xml",
								"<manifest:encryption-data/>")),
				arguments("file-is-locked", "x.docx", DOCX, bytes("\u00d0\u00cf\u0011\u00e0\u00a1\u00b1")),
				arguments("file-is-locked", "x.docx", DOCX, encrypted()), arguments("file-is-locked", "x.pdf",
						"application/pdf", bytes("%PDF-1.7\ntrailer << /Encrypt 5 0 R >>\n%%EOF")));
	}

	@Attack(value = "C13", failedWith = "a limit of 100 GB for what a document unpacks to")
	@Test
	void trapThatUnpacksWithoutEndIsRefusedAtOnce() throws IOException {
		ByteArrayOutputStream file = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(file)) {
			zip.putNextEntry(new ZipEntry("[Content_Types].xml"));
			zip.write(bytes("<Override ContentType=\"" + DOCX + ".main+xml\"/>"));
			zip.putNextEntry(new ZipEntry("word/document.xml"));
			byte[] zeros = new byte[1024 * 1024];
			for (int i = 0; i < 101; i++) {
				zip.write(zeros);
			}
		}
		assertThat(file.size()).isLessThan(1024 * 1024);
		long begun = System.nanoTime();
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> FileType.check(file.toByteArray(), "x.docx", DOCX))
			.satisfies((refused) -> assertThat(refused.code()).isEqualTo("file-type"));
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> FileType.check(zip("../../etc/passwd", "x", "mimetype", "text/plain"), "x.docx", DOCX));
		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> FileType.check(docx("../../etc/passwd"), "x.docx", DOCX));
	}

	/** A document of LibreOffice, with one part more. */
	private static byte[] odt(String more) {
		return zip("mimetype", ODT, "content.xml", "<office/>", "META-INF/manifest.xml", "<manifest/>", more, "x");
	}

	private static byte[] docx(String more) {
		return zip("[Content_Types].xml", "<Override ContentType=\"" + DOCX + ".main+xml\"/>", "word/document.xml",
				"<w/>", more, "x");
	}

	/** A packed file of names and contents in turn; without a name nothing. */
	static byte[] zip(String... parts) {
		ByteArrayOutputStream file = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(file)) {
			for (int i = 0; i < parts.length; i += 2) {
				if (!parts[i].isEmpty()) {
					ZipEntry part = new ZipEntry(parts[i]);
					byte[] content = bytes(parts[i + 1]);
					CRC32 sum = new CRC32();
					sum.update(content);
					part.setMethod(ZipEntry.STORED);
					part.setSize(content.length);
					part.setCrc(sum.getValue());
					zip.putNextEntry(part);
					zip.write(content);
				}
			}
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
		return file.toByteArray();
	}

	/** A document with another, of which programs read the list, behind it. */
	private static byte[] hidden() {
		byte[] shown = docx("");
		byte[] behind = docx("word/vbaProject.bin");
		byte[] file = Arrays.copyOf(shown, shown.length + behind.length);
		System.arraycopy(behind, 0, file, shown.length, behind.length);
		ByteBuffer end = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
		end.putInt(file.length - 6, end.getInt(file.length - 6) + shown.length);
		return file;
	}

	/** The same with the mark of a password on its first part. */
	private static byte[] encrypted() {
		byte[] file = docx("");
		file[6] |= 1;
		return file;
	}

	private static byte[] bytes(String latin) {
		return latin.getBytes(StandardCharsets.ISO_8859_1);
	}

}
