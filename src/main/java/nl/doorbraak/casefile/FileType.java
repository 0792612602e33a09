package nl.doorbraak.casefile;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

/**
 * What a file may be: told by its bytes. What its sender calls it must say the same, or
 * the next program believes the name.
 */
public enum FileType {

	PDF("application/pdf", "pdf"), JPEG("image/jpeg", "jpg", "jpeg"), PNG("image/png", "png"),

	ODT("application/vnd.oasis.opendocument.text", "odt"),

	DOCX("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx");

	/** For the browser's list of files. */
	public static final String ACCEPTED = ".pdf,.jpg,.jpeg,.png,.odt,.docx";

	/** Of what stands packed in a document, in all: more is a trap. */
	private static final long MOST_UNPACKED = 100L * 1024 * 1024;

	/** As large as it came: no document packs so well. */
	private static final long MOST_TIMES = 100;

	private static final int MOST_PARTS = 2000;

	/** Of a part that is read to know what the whole is. */
	private static final int MOST_OF_A_PART = 1024 * 1024;

	private static final int TAIL = 1024;

	private static final byte[] PNG_BEGINS = { (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13, 'I',
			'H', 'D', 'R' };

	private static final byte[] PNG_ENDS = { 0, 0, 0, 0, 'I', 'E', 'N', 'D', (byte) 0xAE, 0x42, 0x60, (byte) 0x82 };

	/** How Word keeps a document with a password, and every document of before 2007. */
	private static final byte[] OLD_OFFICE_BEGINS = { (byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0 };

	private static final Pattern LOCKED_PDF = Pattern.compile("/Encrypt\\s*(\\d+\\s+\\d+\\s+R|<<)");

	/** How a line of the list at the end of a packed file begins, and the end of it. */
	private static final int LISTED = 0x02014B50;

	private static final int LISTED_LENGTH = 46;

	private static final int LIST_ENDS = 0x06054B50;

	private static final int LIST_END_LENGTH = 22;

	private static final String MANIFEST = "META-INF/manifest.xml";

	private static final String CONTENT_TYPES = "[Content_Types].xml";

	private final String mediaType;

	private final List<String> extensions;

	FileType(String mediaType, String... extensions) {
		this.mediaType = mediaType;
		this.extensions = List.of(extensions);
	}

	public String mediaType() {
		return this.mediaType;
	}

	/** The usual end of a name, without a point. */
	public String extension() {
		return this.extensions.get(0);
	}

	static FileType of(String mediaType) {
		return Arrays.stream(values()).filter((type) -> type.mediaType.equals(mediaType)).findFirst().orElseThrow();
	}

	/**
	 * What a file is.
	 * @param name and
	 * @param mediaType what its sender says that it is
	 * @throws Refused (400) when it is none of these, is locked, holds macros, or is not
	 * what its sender says
	 */
	static FileType check(byte[] bytes, @Nullable String name, @Nullable String mediaType) {
		FileType type = read(bytes);
		String called = (name != null) ? name.toLowerCase(Locale.ROOT) : "";
		if (type.extensions.stream().noneMatch((end) -> called.endsWith("." + end))
				|| !type.mediaType.equals(mediaType)) {
			throw Refused.invalid("file-is-another",
					"De naam van dit bestand zegt iets anders dan wat erin staat. Open het, bewaar het opnieuw als PDF en kies het dan.",
					"bestand");
		}
		return type;
	}

	private static FileType read(byte[] bytes) {
		if (begins(bytes, "%PDF-".getBytes(StandardCharsets.US_ASCII))) {
			return pdf(bytes);
		}
		if (begins(bytes, PNG_BEGINS) && begins(tail(bytes, PNG_ENDS.length), PNG_ENDS)) {
			return PNG;
		}
		if (isJpeg(bytes)) {
			return JPEG;
		}
		if (begins(bytes, new byte[] { 'P', 'K', 3, 4 })) {
			return packed(bytes);
		}
		if (begins(bytes, OLD_OFFICE_BEGINS)) {
			throw Refused.invalid("file-is-locked",
					"Dit document heeft een wachtwoord of is van een oude versie van Word. Haal het wachtwoord weg of bewaar het als PDF, en kies het dan opnieuw.",
					"bestand");
		}
		throw noType();
	}

	private static Refused noType() {
		return Refused.invalid("file-type",
				"Dit soort bestand kan hier niet, of het bestand is beschadigd. Kies een PDF, een foto (JPEG of PNG) of een document (ODT of DOCX).",
				"bestand");
	}

	private static Refused locked() {
		return Refused.invalid("file-is-locked",
				"Dit bestand heeft een wachtwoord, zodat niemand het hier kan lezen. Haal het wachtwoord weg en kies het opnieuw.",
				"bestand");
	}

	private static FileType pdf(byte[] bytes) {
		if (!new String(tail(bytes, TAIL), StandardCharsets.ISO_8859_1).contains("%%EOF")) {
			throw noType();
		}
		if (LOCKED_PDF.matcher(new String(bytes, StandardCharsets.ISO_8859_1)).find()) {
			throw locked();
		}
		return PDF;
	}

	/** Whether segment follows segment until a picture of some size begins. */
	private static boolean isJpeg(byte[] bytes) {
		if (bytes.length < 4 || (bytes[0] & 0xFF) != 0xFF || (bytes[1] & 0xFF) != 0xD8) {
			return false;
		}
		ByteBuffer file = ByteBuffer.wrap(bytes).position(2);
		boolean sized = false;
		while (file.remaining() >= 4 && (file.get() & 0xFF) == 0xFF) {
			int marker = file.get() & 0xFF;
			int length = file.getShort(file.position()) & 0xFFFF;
			if (length < 2 || length > file.remaining()) {
				return false;
			}
			if (marker == 0xDA) {
				return sized;
			}
			boolean frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
			sized |= frame && length >= 8 && file.getShort(file.position() + 3) != 0
					&& file.getShort(file.position() + 5) != 0;
			file.position(file.position() + length);
		}
		return false;
	}

	private static FileType packed(byte[] bytes) {
		Map<String, String> parts = parts(bytes);
		if (ODT.mediaType.equals(parts.get("mimetype")) && parts.containsKey("content.xml")
				&& parts.containsKey(MANIFEST)) {
			if (parts.get(MANIFEST).contains("encryption-data")) {
				throw locked();
			}
			refuseMacros(parts, "Basic/", "Scripts/");
			return ODT;
		}
		if (parts.getOrDefault(CONTENT_TYPES, "").contains(DOCX.mediaType + ".main+xml")
				&& parts.containsKey("word/document.xml")) {
			refuseMacros(parts, "word/vbaProject.bin");
			return DOCX;
		}
		throw noType();
	}

	private static void refuseMacros(Map<String, String> parts, String... places) {
		if (parts.keySet().stream().anyMatch((name) -> Arrays.stream(places).anyMatch(name::startsWith))) {
			throw Refused.invalid("file-has-macros",
					"In dit document zitten macro's: opdrachten die uw computer uitvoert. Bewaar het als PDF en kies het dan.",
					"bestand");
		}
	}

	/**
	 * The parts of a packed file, each once, with the text of those that say what it is.
	 */
	private static Map<String, String> parts(byte[] bytes) {
		Map<String, String> parts = new HashMap<>();
		long unpacked = 0;
		try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
			for (ZipEntry part = zip.getNextEntry(); part != null; part = zip.getNextEntry()) {
				boolean telling = List.of("mimetype", MANIFEST, CONTENT_TYPES).contains(part.getName());
				byte[] begin = telling ? zip.readNBytes(MOST_OF_A_PART) : new byte[0];
				unpacked += begin.length;
				byte[] buffer = new byte[8192];
				for (int read = zip.read(buffer); read >= 0; read = zip.read(buffer)) {
					unpacked += read;
					if (unpacked > MOST_UNPACKED || unpacked > MOST_OF_A_PART + MOST_TIMES * bytes.length || telling) {
						throw noType();
					}
				}
				if (part.getName().startsWith("/") || part.getName().matches("(.*[/\\\\])?\\.\\.([/\\\\].*)?")) {
					throw noType();
				}
				boolean twice = parts.put(part.getName(), new String(begin, StandardCharsets.UTF_8)) != null;
				if (twice || parts.size() > MOST_PARTS) {
					throw noType();
				}
			}
		}
		catch (IOException | IllegalArgumentException ex) {
			throw String.valueOf(ex.getMessage()).contains("encrypted") ? locked() : noType();
		}
		if (!listed(bytes).equals(parts.keySet())) {
			throw noType();
		}
		return parts;
	}

	/** The names in the list at the end of a packed file, which other programs go by. */
	private static Set<String> listed(byte[] bytes) {
		ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
		int end = bytes.length - LIST_END_LENGTH;
		int at = (end >= 0 && file.getInt(end) == LIST_ENDS) ? file.getInt(end + 16) : -1;
		Set<String> names = new HashSet<>();
		while (at >= 0 && at + LISTED_LENGTH <= end && file.getInt(at) == LISTED) {
			int name = file.getShort(at + 28) & 0xFFFF;
			int next = at + LISTED_LENGTH + name + (file.getShort(at + 30) & 0xFFFF)
					+ (file.getShort(at + 32) & 0xFFFF);
			if (next > end) {
				return Set.of();
			}
			names.add(new String(bytes, at + LISTED_LENGTH, name, StandardCharsets.UTF_8));
			at = next;
		}
		return (at == end) ? names : Set.of();
	}

	private static boolean begins(byte[] bytes, byte[] with) {
		return bytes.length > with.length - 1 && Arrays.equals(bytes, 0, with.length, with, 0, with.length);
	}

	private static byte[] tail(byte[] bytes, int length) {
		return Arrays.copyOfRange(bytes, Math.max(0, bytes.length - length), bytes.length);
	}

}
