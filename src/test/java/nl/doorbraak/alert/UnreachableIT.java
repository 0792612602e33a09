package nl.doorbraak.alert;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import nl.doorbraak.alert.Carrier.Answer;
import nl.doorbraak.alert.Carrier.Result;
import nl.doorbraak.alert.Outbox.Draft;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.reachability.Holes;
import nl.doorbraak.testing.Post;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionOperations;

import static org.assertj.core.api.Assertions.assertThat;

/** A function that reaches nobody costs no time: the next one is told at once. */
@WholeApplication
class UnreachableIT {

	private final Town town;

	private final AlertWorker worker;

	private final Holes holes;

	private final Outbox outbox;

	private final Recipients recipients;

	private final DigestContent digests;

	private final Directory directory;

	private final TransactionOperations transactions;

	private final Post post;

	private final List<String> reported = new ArrayList<>();

	@Autowired
	UnreachableIT(Town town, AlertWorker worker, Holes holes, Outbox outbox, Recipients recipients,
			DigestContent digests, Directory directory, TransactionOperations transactions, Post post) {
		this.town = town;
		this.worker = worker;
		this.holes = holes;
		this.outbox = outbox;
		this.recipients = recipients;
		this.digests = digests;
		this.directory = directory;
		this.transactions = transactions;
		this.post = post;
	}

	@BeforeEach
	void quiet() {
		this.worker.doDue();
		this.town.database().sql("update doorbraak.officer set bounced_at = null").update();
		this.holes.lookAgain();
	}

	@AfterEach
	void mend() {
		this.post.byMailbox();
		this.town.everybodyBack();
		this.town.database()
			.sql("insert into doorbraak.post values ('ulla', 'agencyOfficer', 'UWV') on conflict do nothing")
			.update();
		this.town.database().sql("update doorbraak.officer set bounced_at = null").update();
		this.holes.lookAgain();
		this.reported.forEach((number) -> this.town.as("anna")
			.post("/api/v1/cases/" + number + "/withdrawal", Map.of("reason", "x")));
		this.town.workDue();
	}

	@Test
	void functionWhoseOnlyHolderIsAwayIsReportedOnceAndTheNextIsToldAtOnce() {
		long found = acts("functionUnreachable");
		long mended = acts("functionReachableAgain");
		this.town.away("ulla", null);
		String first = askUwv();
		String second = askUwv();
		assertThat(asked(first)).containsExactly("mila next", "ulla");
		assertThat(asked(second)).containsExactly("mila next", "ulla");
		this.worker.doDue();
		assertThat(lastMail("mila@waterdam.example")).contains("U krijgt dit bericht als manager, Gemeente Waterdam, "
				+ "omdat voor wie het bedoeld is nu niemand bereikbaar is.");
		assertThat(acts("functionUnreachable") - found).isEqualTo(1);
		assertThat(digest("femke")).contains("niemand bereikbaar als maatwerkfunctionaris, UWV");
		assertThat(WebVisitor.login(this.town, "femke").get("/bereikbaarheid").body())
			.contains("Dit bereikte niemand toen het nodig was", "Maatwerkfunctionaris, UWV");
		assertThat(digest("mila")).contains("niemand bereikbaar als maatwerkfunctionaris, UWV");
		assertThat(digest("anna")).noneMatch((line) -> line.contains("niemand bereikbaar"));
		this.town.everybodyBack();
		this.holes.lookAgain();
		assertThat(acts("functionReachableAgain") - mended).isEqualTo(1);
		assertThat(digest("femke")).noneMatch((line) -> line.contains("niemand bereikbaar als maatwerkfunctionaris"));
		assertThat(asked(askUwv())).containsExactly("ulla");
	}

	@Test
	void deputyOfWhoIsAwayIsToldTooAndSeesNoCaseByIt() {
		this.town.away("mila", "dirk");
		String number = report();
		this.transactions.executeWithoutResult((tx) -> this.recipients.holders(number, Function.MANAGER, "GM9001")
			.forEach((to) -> this.outbox.add(Draft.aboutLead(number, AlertKind.LEAD_MISSING, "test", null), to)));
		assertThat(told(number, "leadMissing")).containsExactly("dirk deputy", "mila");
		this.worker.doDue();
		assertThat(lastMail("dirk@waterdam.example"))
			.contains("als directeur sociaal domein, Gemeente Waterdam, omdat u vandaag iemand vervangt");
		assertThat(WebVisitor.login(this.town, "dirk").get("/casus/" + number).status()).isEqualTo(404);
	}

	@Test
	void functionThatNobodyHoldsHasItsMailboxToldAndTheNextInLine() {
		this.town.database().sql("delete from doorbraak.post where officer_login = 'ulla'").update();
		assertThat(asked(askUwv())).containsExactly("mailbox", "mila next");
		this.town.away("mila", null);
		assertThat(asked(askUwv())).as("nor can the managers be reached").containsExactly("dirk next", "mailbox");
	}

	@Test
	void addressThatBouncedReachesNobodyUntilAMailArrivesOrItChanges() {
		this.post.by((letter) -> letter.to().startsWith("ulla@") ? new Answer(Result.REFUSED, "550")
				: new Answer(Result.ACCEPTED, "250"));
		askUwv();
		this.worker.doDue();
		assertThat(asked(askUwv())).containsExactly("mila next", "ulla");
		this.post.by((letter) -> new Answer(Result.ACCEPTED, "250"));
		this.worker.doDue();
		assertThat(asked(askUwv())).as("the last mail arrived").containsExactly("ulla");
		this.town.database().sql("update doorbraak.officer set bounced_at = now() where login = 'ulla'").update();
		this.town.database().sql("update doorbraak.officer set email = 'u@uwv.example' where login = 'ulla'").update();
		assertThat(asked(askUwv())).as("another address").containsExactly("ulla");
		this.town.database()
			.sql("update doorbraak.officer set email = 'ulla@uwv.example' where login = 'ulla'")
			.update();
	}

	@Test
	void teamThatIsAwayHasTheNextInLineToldOfItsOwnCase() {
		String number = report();
		this.town.away("anna", null);
		this.town.away("karim", null);
		this.transactions.executeWithoutResult((tx) -> this.recipients.team(number, "GM9001")
			.forEach((to) -> this.outbox.add(Draft.aboutLead(number, AlertKind.LEAD_MISSING, "test", null), to)));
		assertThat(told(number, "leadMissing")).contains("mila next").doesNotContain("bert");
		assertThat(this.holes.open()).anyMatch((hole) -> hole.number().equals(number));
	}

	private String report() {
		String number = this.town.as("anna").report(Map.of("whatIsStuck", "Iedereen helpt, niemand heeft de regie."));
		this.reported.add(number);
		return number;
	}

	private String askUwv() {
		String number = report();
		assertThat(this.town.as("anna")
			.post("/api/v1/cases/" + number + "/lead/question", Map.of("organisation", "UWV"))
			.status()).isEqualTo(200);
		return number;
	}

	private List<String> asked(String number) {
		return told(number, "leadAsked");
	}

	private List<String> told(String number, String kind) {
		return this.town.database().sql("""
				select trim(coalesce(recipient_login, 'mailbox') || ' ' || coalesce(because, '')) from doorbraak.alert
				where case_number = ? and kind = ? order by 1""").params(number, kind).query(String.class).list();
	}

	/** All of this application, the other classes' too. */
	private long acts(String act) {
		return this.town.database()
			.sql("select count(*) from doorbraak.audit_line where act = ?")
			.param(act)
			.query(Long.class)
			.single();
	}

	private String lastMail(String address) {
		return this.town.database()
			.sql("select body from demo.mail where recipient = ? order by id desc limit 1")
			.param(address)
			.query(String.class)
			.single();
	}

	private List<String> digest(String login) {
		return this.digests.of(this.directory.getOfficer(login), this.town.today())
			.lookOut()
			.stream()
			.map(Digest.Item::text)
			.toList();
	}

}
