package nl.doorbraak.alert;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import nl.doorbraak.directory.Function;
import nl.doorbraak.support.StartRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AlertJournalTest {

	private static final Instant NOW = Instant.parse("2026-11-02T09:00:00Z");

	private static final Alert ALERT = new Alert(1, "DB-2026-000042", 7L, AlertKind.RUNG_OPENED, "none",
			Function.MANAGER, "GM0001", "mila", null, null, null, null, NOW, Alert.State.WAITING, 0,
			"<id@doorbraak.example>", UUID.randomUUID(), Alert.Channel.MAIL, null, null);

	@TempDir
	Path folder;

	@Test
	void eachSendIsTwoLinesWithTheKeyTheMessageIdAndTheAnswer() throws Exception {
		Path file = this.folder.resolve("new/journal.log");
		AlertJournal journal = journal(file.toString());
		journal.before(ALERT);
		journal.after(ALERT, "250");
		journal.destroy();
		String key = AlertJournal.hash("DB-2026-000042/7/rungOpened/none/mila");
		assertThat(Files.readAllLines(file)).containsExactly(
				"2026-11-02T09:00:00Z " + key
						+ " <id@doorbraak.example> before - DB-2026-000042 rungOpened 0123456789ab",
				"2026-11-02T09:00:00Z " + key
						+ " <id@doorbraak.example> after 250 DB-2026-000042 rungOpened 0123456789ab");
	}

	/** Of this database, and accepted; what is no such line is passed over. */
	@Test
	void tellsWhatIsOut() throws Exception {
		AlertJournal journal = journal(this.folder.resolve("journal.log").toString());
		journal.before(ALERT);
		journal.after(ALERT, "451");
		journal.after(ALERT, "250");
		journal.destroy();
		List<String> lines = new ArrayList<>(Files.readAllLines(journal.path()));
		String key = AlertJournal.hash(ALERT.key());
		lines.add("2026-11-02T09:00:00Z " + key + " <old@doorbraak.example> after 250");
		lines.add("2026-11-02T09:00:00Z " + key + " <other@doorbraak.example> after 250 - digest ffffffffffff");
		lines.add("yesterday " + key + " <bad@doorbraak.example> after 250 - digest 0123456789ab");
		lines.add("2026-11-02T10:00:00Z " + key + " <sms@doorbraak.example> after 201 - digest 0123456789ab");
		assertThat(journal.sent(lines.stream())).containsExactly(
				new AlertJournal.Sent(NOW, key, "<id@doorbraak.example>", "250", "DB-2026-000042", "rungOpened"),
				new AlertJournal.Sent(NOW.plusSeconds(3600), key, "<sms@doorbraak.example>", "201", "", "digest"));
	}

	@Test
	void restartAppends() throws Exception {
		Path file = Files.writeString(this.folder.resolve("journal.log"), "earlier\n");
		AlertJournal journal = journal(file.toString());
		journal.before(ALERT);
		journal.destroy();
		assertThat(Files.readAllLines(file)).hasSize(2).startsWith("earlier");
	}

	@Test
	void eachNodeHasAFileOfItsOwn() throws Exception {
		journal(this.folder.resolve("journal-%h.log").toString()).destroy();
		assertThat(this.folder.resolve("journal-" + InetAddress.getLocalHost().getHostName() + ".log")).exists();
	}

	@Test
	void withoutAJournalTheApplicationDoesNotStart() throws IOException {
		Path file = Files.createFile(this.folder.resolve("a-file"));
		for (Path wrong : List.of(this.folder, file.resolve("below-a-file.log"))) {
			assertThatExceptionOfType(StartRefused.class).isThrownBy(() -> journal(wrong.toString()))
				.withMessageContaining("The journal of alerts cannot be written: " + wrong);
		}
	}

	private static AlertJournal journal(String path) {
		AlertSettings settings = new AlertSettings(path, 50, Duration.ofSeconds(60), List.of(Duration.ofSeconds(10)),
				Duration.ofHours(24));
		return new AlertJournal(settings, Clock.fixed(NOW, ZoneOffset.UTC), "0123456789ab");
	}

}
