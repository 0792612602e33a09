package nl.doorbraak.reachability;

import java.util.List;
import java.util.Map;

import com.microsoft.playwright.Locator;
import nl.doorbraak.alert.Carrier;
import nl.doorbraak.support.DueWork;
import nl.doorbraak.testing.Post;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** What keeps a level from reaching somebody stands on the page until it is mended. */
@WholeApplication
@ExtendWith(OutputCaptureExtension.class)
class ReachabilityIT {

	/** Each thing that can be wrong, as the page says it of what is broken here. */
	private static final List<String> SIX = List.of(
			"Niemand heeft de functie Medewerker van het loket, Landelijk Maatwerkloket Multiproblematiek.",
			"Het mandaat LET-01 van Ambassadeur, Landelijk Escalatie Team is dan verlopen of ingetrokken",
			"Paul Meijer is dan afwezig en heeft geen vervanger die er is",
			"Joris Prins vervangt dan iemand (Manager, Gemeente Waterdam), maar mag niet tekenen",
			"Het laatste bericht aan Dirk Mulder is teruggekomen",
			"Dit niveau bereikt niemand: van Ambassadeur, Landelijk Escalatie Team");

	private static Screens screens;

	private final Town town;

	private final List<DueWork> work;

	private final Post post;

	private final StartCheck start;

	@Autowired
	ReachabilityIT(Town town, List<DueWork> work, Post post, StartCheck start) {
		this.town = town;
		this.work = work;
		this.post = post;
		this.start = start;
	}

	@BeforeAll
	static void openBrowser() {
		screens = Screens.open();
	}

	@AfterAll
	static void closeBrowser() {
		screens.close();
	}

	@BeforeEach
	@AfterEach
	void mend() {
		this.post.byMailbox();
		this.town.everybodyBack();
		sql("delete from doorbraak.reach_asked");
		sql("delete from doorbraak.reach_round");
		sql("insert into doorbraak.post values ('lotte', 'deskOfficer', 'LMM') on conflict do nothing");
		sql("update doorbraak.mandate set valid_to = null where number = 'LET-01'");
		sql("update doorbraak.officer set bounced_at = null");
		sql("update doorbraak.officer set email = 'amira@escalatieteam.example' where login = 'amira'");
	}

	@Test
	void sixBrokenThingsStandOnThePageWithWhoMendsThemUntilTheyAreMended(CapturedOutput output) {
		String before = page("femke");
		assertThat(SIX).noneMatch(before::contains);
		sql("delete from doorbraak.post where officer_login = 'lotte'");
		sql("update doorbraak.mandate set valid_to = doorbraak.current_instant() - interval '1 day' where number = 'LET-01'");
		this.town.away("paul", null);
		this.town.away("mila", "joris");
		this.post.by((letter) -> new Carrier.Answer(
				letter.to().startsWith("dirk@") ? Carrier.Result.REFUSED : Carrier.Result.ACCEPTED,
				letter.to().startsWith("dirk@") ? "550" : "250"));
		assertThat(beginRound("femke").status()).isEqualTo(302);
		sendAll();
		sql("update doorbraak.officer set email = null where login = 'amira'");
		for (int width : new int[] { 1280, 390 }) {
			try (Screen screen = screens.screen(this.town.address(), width)) {
				screen.logIn("femke");
				screen.link("Bereikbaarheidscontrole").click();
				Locator main = screen.page().locator("main");
				SIX.forEach((each) -> assertThat(main).containsText(each));
				main.locator("[data-finding]")
					.all()
					.forEach((finding) -> assertThat(finding).containsText("Wie kan dit herstellen: "));
				assertThat(main.locator("[data-finding=ABSENT]").filter(new Locator.FilterOptions().setHasText("Paul")))
					.containsText("Manager, Gemeente Waterdam (Mila Jansen)");
				assertThat(main.locator("[data-finding=MISSING]").first()).containsText("(Femke Vos)");
				assertThat(screen.page().locator("#zin")).containsText("bereikt Gemeente Waterdam niemand");
				assertThat(main.locator("table.reach").first().locator("td.bad").first()).hasText("bereikt niemand");
				screen.assertReadable();
				screen.picture("reachability-broken-" + width);
				assertThat(screen.faults()).isEmpty();
			}
		}
		this.start.look();
		assertThat(output).contains("GM9001 (national): Nobody holds the function Medewerker van het loket")
			.contains("Give somebody this function at the login service")
			.doesNotContain("Paul Meijer");
		mend();
		String after = page("femke");
		assertThat(SIX).noneMatch(after::contains);
	}

	@Test
	void absenceAroundChristmasIsSeenNow() {
		sql("""
				insert into doorbraak.absence (officer_login, first_day, last_day, entered_by, entered_at)
				select 'lotte', make_date(extract(year from d)::int, 12, 28), make_date(extract(year from d)::int, 12, 31),
				  'lotte', doorbraak.current_instant()
				from (select case when extract(doy from t) = 1 then t - interval '1 day' else t end as d
				      from (select doorbraak.current_instant() at time zone 'Europe/Amsterdam' as t) now) days""");
		try (Screen screen = screens.screen(this.town.address(), "mila")) {
			screen.open("/bereikbaarheid");
			assertThat(screen.page()
				.locator("table.reach")
				.first()
				.locator("tr", new Locator.LocatorOptions().setHasText("Landelijk"))
				.locator("td")
				.last()).hasText("bereikt niemand");
			screen.link("English").click();
			assertThat(screen.page().locator("h1")).hasText("Reachability check");
			assertThat(screen.page().locator("main")).containsText("Lotte Smit is away then and has no deputy");
			screen.assertReadable();
			screen.picture("reachability-english");
		}
	}

	@Test
	void testMessageIsConfirmedWithOneButtonByWhomItWasFor() {
		WebVisitor mila = WebVisitor.login(this.town, "mila");
		assertThat(mila.form("/bereikbaarheid/proef", Map.of("municipality", "GM9001")).status()).isEqualTo(302);
		WebVisitor.Answer again = mila.form("/bereikbaarheid/proef", Map.of("municipality", "GM9001"));
		assertThat(again.status()).as("not twice").isEqualTo(409);
		assertThat(again.body()).containsPattern("action=\"/bereikbaarheid/proef\"[^>]*><p role=\"alert\"");
		assertThat(mila.form("/bereikbaarheid/proef", Map.of("municipality", "GM9002")).status()).isEqualTo(404);
		sendAll();
		String mail = this.town.database()
			.sql("select body from demo.mail where recipient like 'paul@%' and subject like 'Proefbericht%' order by id desc limit 1")
			.query(String.class)
			.single();
		String path = mail.replaceAll("(?s).*https?://[^/]+(/bereikbaarheid/proef/[0-9]+).*", "$1");
		assertThat(WebVisitor.login(this.town, "ulla").get(path).status()).as("was not asked").isEqualTo(404);
		try (Screen screen = screens.screen(this.town.address(), 390)) {
			screen.logIn("paul");
			screen.open(path);
			assertThat(screen.page().locator("[role=status]")).hasCount(0);
			screen.picture("reachability-confirm");
			screen.button("Ik ben bereikt").click();
			assertThat(screen.page().locator("[role=status]")).hasText("Dank u. Uw bevestiging is vastgelegd.");
		}
		assertThat(WebVisitor.login(this.town, "paul").form(path + "/bevestigen", Map.of("x", "")).status())
			.isEqualTo(302);
		String page = page("mila");
		assertThat(page).contains("1 van de ");
		assertThat(page.replaceAll("(?s)\\s+", " ")).containsPattern("<td>Paul Meijer</td><td>[^<]*</td><td>[a-z]+dag ")
			.containsPattern("<td>Lotte Smit</td><td>[^<]*</td><td>nog niet</td>");
		assertThat(acts("testMessageConfirmed")).isEqualTo(1);
	}

	private long acts(String act) {
		return this.town.database()
			.sql("select count(*) from doorbraak.audit_line where act = ?")
			.param(act)
			.query(Long.class)
			.single();
	}

	private WebVisitor.Answer beginRound(String login) {
		return WebVisitor.login(this.town, login).form("/bereikbaarheid/proef", Map.of("municipality", "GM9001"));
	}

	private String page(String login) {
		return WebVisitor.login(this.town, login).get("/bereikbaarheid").body();
	}

	private void sendAll() {
		this.work.forEach(DueWork::doDue);
	}

	private void sql(String sql) {
		this.town.database().sql(sql).update();
	}

}
