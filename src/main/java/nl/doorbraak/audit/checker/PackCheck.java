package nl.doorbraak.audit.checker;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Checks an evidence pack without Doorbraak, its database or an account: it needs this
 * file, a JDK 17 and the pack, and uses nothing else.
 *
 * <pre>
 * java PackCheck.java pack.zip                  is the pack whole?
 * java PackCheck.java pack.zip heads.txt        and was it so when these heads were kept? each on a line, its number first
 * java PackCheck.java pack.zip earlier.zip      and does it go on from an earlier pack?
 * </pre>
 *
 * Ends with 0 when all follows, with 1 when something does not, with 2 when it cannot
 * tell.
 */
public final class PackCheck {

	private static final String CHAIN = "keten.json";

	private static final String FORMAT = "doorbraak-keten/1";

	private static final long MOST_BYTES = 500_000_000;

	private static final HexFormat HEX = HexFormat.of();

	/** A head as somebody wrote it down: its number first, its hash last. */
	private static final Pattern NOTED = Pattern.compile("\\D{0,3}([0-9]{1,15})\\b.*\\b([0-9a-f]{64})");

	private final Map<String, byte[]> files;

	private final Map<String, Object> chain;

	private PackCheck(Map<String, byte[]> files) throws Wrong {
		this.files = files;
		byte[] json = files.get(CHAIN);
		if (json == null) {
			throw new Wrong("In dit pakket zit geen " + CHAIN + ".");
		}
		this.chain = object(new Json(text(json)).whole());
		if (!FORMAT.equals(this.chain.get("format"))) {
			throw new Wrong(
					"Dit controleprogramma kent de vorm van dit pakket niet: " + this.chain.get("format") + ".");
		}
	}

	/** Checks and ends. */
	public static void main(String[] arguments) {
		System.exit(run(System.out, arguments));
	}

	/** Checks and says what it found. */
	public static int run(PrintStream out, String... arguments) {
		if (arguments.length < 1 || arguments.length > 2) {
			out.println("Gebruik: java PackCheck.java pakket.zip [koppen.txt of eerder-pakket.zip]");
			return 2;
		}
		try {
			PackCheck pack = new PackCheck(unzip(Path.of(arguments[0])));
			pack.whole();
			if (arguments.length == 2) {
				if (arguments[1].endsWith(".zip")) {
					pack.goesOnFrom(earlier(Path.of(arguments[1])));
				}
				else {
					pack.agreesWith(Files.readAllLines(Path.of(arguments[1]), StandardCharsets.ISO_8859_1));
				}
			}
			pack.tell(out, arguments.length == 2);
			return 0;
		}
		catch (Wrong ex) {
			out.println("DIT PAKKET KLOPT NIET. " + ex.getMessage());
			return 1;
		}
		catch (CannotTell ex) {
			out.println("DIT PAKKET KLOPT IN ZICHZELF, maar kan niet worden vergeleken. " + ex.getMessage());
			return 2;
		}
		catch (IOException ex) {
			out.println("Dit kan niet worden gelezen: " + ex.getMessage());
			return 2;
		}
	}

	private static PackCheck earlier(Path path) throws IOException, CannotTell {
		try {
			PackCheck earlier = new PackCheck(unzip(path));
			earlier.whole();
			return earlier;
		}
		catch (Wrong ex) {
			throw new CannotTell("Het eerdere pakket klopt zelf niet. " + ex.getMessage());
		}
	}

	private static Map<String, byte[]> unzip(Path path) throws IOException, Wrong {
		Map<String, byte[]> files = new LinkedHashMap<>();
		long total = 0;
		try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(path))) {
			for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
				byte[] content = zip.readNBytes((int) (MOST_BYTES - total) + 1);
				total += content.length;
				if (total > MOST_BYTES) {
					throw new Wrong("Het is te groot om te controleren.");
				}
				if (files.put(entry.getName(), content) != null) {
					throw new Wrong("Het bestand " + entry.getName() + " zit er twee keer in.");
				}
			}
		}
		catch (IllegalArgumentException ex) {
			throw new Wrong("Een bestand heeft een naam die niet te lezen is.");
		}
		if (files.isEmpty()) {
			throw new Wrong("Het is leeg, of geen zipbestand.");
		}
		return files;
	}

	/** Every file is the one that was put in, and the chain follows up to its head. */
	private void whole() throws Wrong {
		Map<String, Object> hashes = object(value(this.chain, "files"));
		for (Map.Entry<String, Object> file : hashes.entrySet()) {
			byte[] content = this.files.get(file.getKey());
			if (content == null) {
				throw new Wrong("Het bestand " + file.getKey() + " ontbreekt.");
			}
			if (!Arrays.equals(digest().digest(content), bytes(file.getValue()))) {
				throw new Wrong("Het bestand " + file.getKey() + " is veranderd.");
			}
		}
		for (String name : new TreeSet<>(this.files.keySet())) {
			if (!name.equals(CHAIN) && !hashes.containsKey(name)) {
				throw new Wrong("Het bestand " + name + " hoort niet in dit pakket.");
			}
		}
		underItsHead(lines());
	}

	/** The hash of the last line, when all follow on each other. */
	private byte[] lines() throws Wrong {
		List<Object> lines = list(value(this.chain, "lines"));
		if (lines.isEmpty()) {
			throw new Wrong("Er staat geen regel in.");
		}
		byte[] previous = new byte[32];
		for (int i = 0; i < lines.size(); i++) {
			Map<String, Object> line = object(lines.get(i));
			long number = number(value(line, "number"));
			if (number != i + 1) {
				throw new Wrong("Na regel " + i + " volgt regel " + number + ".");
			}
			if (!Arrays.equals(bytes(value(line, "previousHash")), previous)) {
				throw new Wrong("Regel " + number + " volgt niet op de regel ervoor.");
			}
			byte[] hash = hash(previous, chainName(), String.valueOf(number), string(value(line, "at")),
					string(value(line, "actor")), string(value(line, "act")), string(value(line, "facts")));
			if (!Arrays.equals(bytes(value(line, "hash")), hash)) {
				throw new Wrong("Regel " + number + " is veranderd.");
			}
			previous = hash;
		}
		return previous;
	}

	private String chainName() throws Wrong {
		return string(value(this.chain, "chain"));
	}

	private void underItsHead(byte[] last) throws Wrong {
		List<Kept> heads = heads();
		long number = number(value(this.chain, "head"));
		if (number < 1 || number > heads.size()) {
			throw new Wrong("De kop waaronder deze regels vallen, staat er niet in.");
		}
		Kept head = heads.get((int) number - 1);
		long index = number(value(this.chain, "index"));
		if (index < 0 || index >= head.count) {
			throw new Wrong("Het bewijs dat deze regels onder de kop vallen, klopt niet.");
		}
		long end = list(value(this.chain, "lines")).size();
		MessageDigest leaf = digest();
		leaf.update((byte) 0);
		byte[] reckoned = root(leaf.digest(hash(last, chainName(), String.valueOf(end))), index, head.count);
		if (!Arrays.equals(reckoned, head.root)) {
			throw new Wrong("Deze regels vallen niet onder de kop van " + head.at + ".");
		}
	}

	/** Up the tree (RFC 9162, section 2.1.3.2). */
	private byte[] root(byte[] leaf, long index, long count) throws Wrong {
		long at = index;
		long last = count - 1;
		byte[] hash = leaf;
		for (Object each : list(value(this.chain, "path"))) {
			if (last == 0) {
				throw new Wrong("Het bewijs is te lang.");
			}
			byte[] beside = bytes(each);
			if (at % 2 == 1 || at == last) {
				hash = node(beside, hash);
				while (at % 2 == 0 && at != 0) {
					at /= 2;
					last /= 2;
				}
			}
			else {
				hash = node(hash, beside);
			}
			at /= 2;
			last /= 2;
		}
		if (last != 0) {
			throw new Wrong("Het bewijs is te kort.");
		}
		return hash;
	}

	/** All heads, each following from the one before. */
	private List<Kept> heads() throws Wrong {
		List<Kept> heads = new ArrayList<>();
		byte[] previous = new byte[32];
		for (Object each : list(value(this.chain, "heads"))) {
			Kept head = Kept.read(string(each));
			byte[] hash = hash(previous, String.valueOf(head.number), head.at, String.valueOf(head.count),
					HEX.formatHex(head.root));
			if (head.number != heads.size() + 1 || !Arrays.equals(head.previous, previous)
					|| !Arrays.equals(head.hash, hash)) {
				throw new Wrong("Kop " + head.number + " volgt niet op de kop ervoor.");
			}
			heads.add(head);
			previous = hash;
		}
		if (heads.isEmpty()) {
			throw new Wrong("Er staat geen kop in.");
		}
		return heads;
	}

	/** Each head that somebody kept is one of the heads of the pack. */
	private void agreesWith(List<String> kept) throws Wrong, CannotTell {
		List<Kept> ours = heads();
		int compared = 0;
		for (String line : kept) {
			if (line.isBlank()) {
				continue;
			}
			Matcher noted = NOTED.matcher(line.strip());
			if (!noted.matches()) {
				throw new CannotTell(
						"Zet op elke regel het nummer van een kop en daarachter de kop; dit is zo'n regel niet: "
								+ line);
			}
			long number = Long.parseLong(noted.group(1));
			if (number > ours.size()) {
				continue;
			}
			compared++;
			if (number < 1 || !Arrays.equals(HEX.parseHex(noted.group(2)), ours.get((int) number - 1).hash)) {
				throw new Wrong("Kop " + number + " is een andere dan u bewaarde.");
			}
		}
		if (compared == 0) {
			throw new CannotTell(
					"Wat u bewaarde, is van na dit pakket: er staat geen kop in tot en met kop " + ours.size() + ".");
		}
	}

	/** What was there before is there still. */
	private void goesOnFrom(PackCheck earlier) throws Wrong, CannotTell {
		if (!earlier.chainName().equals(chainName())) {
			throw new CannotTell(
					"Het eerdere pakket gaat over " + earlier.chainName() + ", dit over " + chainName() + ".");
		}
		startsWith(list(value(this.chain, "lines")), list(value(earlier.chain, "lines")), "Regel ");
		startsWith(list(value(this.chain, "heads")), list(value(earlier.chain, "heads")), "Kop ");
	}

	private static void startsWith(List<Object> now, List<Object> before, String what) throws Wrong {
		for (int i = 0; i < before.size(); i++) {
			if (i >= now.size() || !now.get(i).equals(before.get(i))) {
				throw new Wrong(what + (i + 1) + " was in het eerdere pakket anders.");
			}
		}
	}

	private void tell(PrintStream out, boolean compared) throws Wrong {
		List<Kept> heads = heads();
		Kept head = heads.get((int) number(value(this.chain, "head")) - 1);
		out.println("DIT PAKKET KLOPT.");
		out.println(chainName() + ": " + list(value(this.chain, "lines")).size() + " regels, "
				+ object(value(this.chain, "files")).size() + " andere bestanden, alles zoals het was op " + head.at
				+ " (UTC).");
		out.println("Kop " + head.number + ": " + HEX.formatHex(head.hash));
		out.println(compared ? "Wat u bewaarde, klopt ermee." : "Vraag wie de koppen bewaart of dit kop " + head.number
				+ " is. Zonder dat weet u alleen dat het pakket in zichzelf klopt.");
	}

	private static byte[] node(byte[] left, byte[] right) {
		MessageDigest digest = digest();
		digest.update((byte) 1);
		digest.update(left);
		return digest.digest(right);
	}

	/** Over the fields, each with its length before it. */
	private static byte[] hash(byte[] previous, String... fields) {
		MessageDigest digest = digest();
		add(digest, previous);
		for (String field : fields) {
			add(digest, field.getBytes(StandardCharsets.UTF_8));
		}
		return digest.digest();
	}

	private static void add(MessageDigest digest, byte[] field) {
		digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(field.length).array());
		digest.update(field);
	}

	private static MessageDigest digest() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Object value(Map<String, Object> object, String name) throws Wrong {
		Object value = object.get(name);
		if (value == null) {
			throw new Wrong(CHAIN + " heeft geen '" + name + "'.");
		}
		return value;
	}

	private static String string(Object value) throws Wrong {
		if (value instanceof String string) {
			return string;
		}
		throw new Wrong(CHAIN + " heeft iets anders waar tekst moet staan.");
	}

	private static long number(Object value) throws Wrong {
		if (value instanceof Long number) {
			return number;
		}
		throw new Wrong(CHAIN + " heeft iets anders waar een getal moet staan.");
	}

	private static byte[] bytes(Object value) throws Wrong {
		if (!string(value).matches("[0-9a-f]{64}")) {
			throw new Wrong(CHAIN + " heeft iets anders waar een hash moet staan.");
		}
		return HEX.parseHex(string(value));
	}

	@SuppressWarnings("unchecked")
	private static List<Object> list(Object value) throws Wrong {
		if (value instanceof List) {
			return (List<Object>) value;
		}
		throw new Wrong(CHAIN + " heeft iets anders waar een lijst moet staan.");
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> object(Object value) throws Wrong {
		if (value instanceof Map) {
			return (Map<String, Object>) value;
		}
		throw new Wrong(CHAIN + " is niet zoals het hoort.");
	}

	private static String text(byte[] bytes) throws Wrong {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (CharacterCodingException ex) {
			throw new Wrong(CHAIN + " is geen tekst.");
		}
	}

	/** Something does not follow: a sentence for who checks. */
	private static final class Wrong extends Exception {

		private static final long serialVersionUID = 1;

		Wrong(String message) {
			super(message);
		}

	}

	/** The pack follows, but with what it was to be compared cannot be. */
	private static final class CannotTell extends Exception {

		private static final long serialVersionUID = 1;

		CannotTell(String message) {
			super(message);
		}

	}

	/** A head as one line of text. */
	private record Kept(long number, String at, long count, byte[] root, byte[] previous, byte[] hash) {

		static Kept read(String line) throws Wrong {
			String[] parts = line.split(" ");
			if (parts.length != 6 || !parts[0].matches("[0-9]{1,15}") || !parts[2].matches("[0-9]{1,15}")) {
				throw new Wrong("Dit is geen kop: " + line);
			}
			return new Kept(Long.parseLong(parts[0]), parts[1], Long.parseLong(parts[2]), bytes(parts[3]),
					bytes(parts[4]), bytes(parts[5]));
		}

	}

	/**
	 * As much of JSON (RFC 8259) as the file has: objects, lists, text and whole numbers,
	 * without space between them, so that every sign counts.
	 */
	private static final class Json {

		private static final int DEEPEST = 20;

		private final String text;

		private int at;

		Json(String text) {
			this.text = text;
		}

		Object whole() throws Wrong {
			Object value = value(0);
			if (this.at != this.text.length()) {
				throw wrong();
			}
			return value;
		}

		private Object value(int depth) throws Wrong {
			if (depth > DEEPEST || this.at >= this.text.length()) {
				throw wrong();
			}
			return switch (this.text.charAt(this.at)) {
				case '{' -> object(depth);
				case '[' -> list(depth);
				case '"' -> string();
				default -> number();
			};
		}

		private Map<String, Object> object(int depth) throws Wrong {
			Map<String, Object> object = new LinkedHashMap<>();
			this.at++;
			while (goesOn('}', object.isEmpty())) {
				String name = string();
				expect(':');
				if (object.put(name, value(depth + 1)) != null) {
					throw wrong();
				}
			}
			return object;
		}

		private List<Object> list(int depth) throws Wrong {
			List<Object> list = new ArrayList<>();
			this.at++;
			while (goesOn(']', list.isEmpty())) {
				list.add(value(depth + 1));
			}
			return list;
		}

		/** Past the end, or before the next element. */
		private boolean goesOn(char end, boolean first) throws Wrong {
			if (this.at < this.text.length() && this.text.charAt(this.at) == end) {
				this.at++;
				return false;
			}
			if (!first) {
				expect(',');
			}
			return true;
		}

		private String string() throws Wrong {
			expect('"');
			StringBuilder string = new StringBuilder();
			while (true) {
				char next = next();
				if (next == '"') {
					return string.toString();
				}
				string.append((next == '\\') ? escaped() : next);
			}
		}

		private char escaped() throws Wrong {
			char next = next();
			return switch (next) {
				case '"', '\\', '/' -> next;
				case 'b' -> '\b';
				case 'f' -> '\f';
				case 'n' -> '\n';
				case 'r' -> '\r';
				case 't' -> '\t';
				case 'u' -> {
					if (this.at + 4 > this.text.length()
							|| !this.text.substring(this.at, this.at + 4).matches("[0-9a-fA-F]{4}")) {
						throw wrong();
					}
					this.at += 4;
					yield (char) Integer.parseInt(this.text.substring(this.at - 4, this.at), 16);
				}
				default -> throw wrong();
			};
		}

		private Long number() throws Wrong {
			int from = this.at;
			while (this.at < this.text.length() && Character.isDigit(this.text.charAt(this.at))) {
				this.at++;
			}
			if (this.at == from || this.at - from > 15) {
				throw wrong();
			}
			return Long.valueOf(this.text.substring(from, this.at));
		}

		private void expect(char wanted) throws Wrong {
			if (next() != wanted) {
				throw wrong();
			}
		}

		private char next() throws Wrong {
			if (this.at >= this.text.length()) {
				throw wrong();
			}
			return this.text.charAt(this.at++);
		}

		private Wrong wrong() {
			return new Wrong(CHAIN + " is beschadigd bij teken " + this.at + ".");
		}

	}

}
