package nl.doorbraak.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One person at one screen, who clicks and types as people do. Remembers what the browser
 * asked the server and what went wrong.
 */
public final class Screen implements AutoCloseable {

	static final boolean PICTURES = System.getProperty("screenshots") != null;

	public static final Path SHOTS = Path.of("target", "screenshots");

	/** Put into a page once, for all that is asked of it there. */
	private static final String AXE = axe();

	private static final List<String> RULES = List.of("wcag2a", "wcag2aa", "wcag21aa", "wcag22aa");

	/** What these find depends on the width, as long as the same things show. */
	private static final List<String> RULES_OF_WIDTH = List.of("color-contrast", "link-in-text-block",
			"scrollable-region-focusable", "target-size");

	private static final String SHOWN = "[...document.querySelectorAll('body *')].map(each => each.checkVisibility() ? 1 : 0).join('')";

	/** A picture takes the width of the screen a moment after the screen does. */
	private static final String DRAWN = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))";

	private static final String BARRIERS = """
			rules => axe.run({ runOnly: rules, resultTypes: ['violations'], preload: false }).then(found => found.violations
			  .map(each => `${each.id}: ${each.help} at ${each.nodes.map(node => node.target.join(' ')).join(', ')}`))""";

	private final BrowserContext profile;

	private final Page page;

	private String person = "nobody";

	private final List<String> calls = new ArrayList<>();

	private final List<String> faults = new ArrayList<>();

	Screen(BrowserContext profile) {
		this.profile = profile;
		profile.setDefaultTimeout(30_000);
		profile.setDefaultNavigationTimeout(30_000);
		this.page = tab();
	}

	/** A second tab of the same browser. */
	public Page tab() {
		Page tab = this.profile.newPage();
		tab.onResponse(this::remember);
		tab.onPageError((error) -> this.faults.add("script: " + error));
		tab.onConsoleMessage((said) -> {
			if (said.text().contains("Content Security Policy")) {
				this.faults.add("policy: " + said.text());
			}
		});
		return tab;
	}

	private void remember(Response response) {
		Request request = response.request();
		String call = request.method() + " " + URI.create(request.url()).getPath();
		this.calls.add(call);
		if (response.status() >= 400) {
			this.faults.add(response.status() + " " + call);
		}
	}

	public Page page() {
		return this.page;
	}

	public BrowserContext profile() {
		return this.profile;
	}

	/** Method and path of everything this browser asked. */
	public List<String> calls() {
		return List.copyOf(this.calls);
	}

	/** Refusals and script errors so far; forgets them. */
	public List<String> faults() {
		List<String> soFar = List.copyOf(this.faults);
		this.faults.clear();
		return soFar;
	}

	public void logIn(String login) {
		logIn(this.page, login);
	}

	public void logIn(Page tab, String login) {
		this.person = login;
		tab.navigate("/login");
		tab.locator("#username").fill(login);
		tab.locator("#password").fill("doorbraak");
		tab.locator("#password").press("Enter");
		tab.waitForURL(Pattern.compile(".*(?<!/login)$"));
	}

	public void open(String path) {
		this.page.navigate(path);
	}

	public Locator button(String name) {
		return this.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
	}

	public Locator link(String name) {
		return this.page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
	}

	/** The person's place in Tasklist. */
	public Tasklist tasklist() {
		return new Tasklist(this);
	}

	/**
	 * A picture of the whole page, to be looked at; made with {@code -Dscreenshots} only.
	 */
	public void picture(String name) {
		if (!PICTURES) {
			return;
		}
		this.page.screenshot(new Page.ScreenshotOptions().setPath(SHOTS.resolve(name + ".png")).setFullPage(true));
	}

	/**
	 * No barrier that axe can find, and nothing that runs out of the side of the screen.
	 */
	public void assertReadable() {
		assertThat(barriers(RULES)).isEmpty();
	}

	/** Every page from now on brings with it what looks for barriers. */
	public void looksForBarriers() {
		this.profile.addInitScript(AXE);
	}

	/** What stands in the way on the page as it is, with the screen made this wide. */
	public List<String> barriers(int width) {
		resize(width);
		return barriers(RULES);
	}

	/**
	 * What stands in the way at either width. What the width has no part in is looked at
	 * once, unless at the other width something else shows.
	 */
	public List<String> barriers(int width, int other) {
		List<String> barriers = barriers(width);
		Object shown = this.page.evaluate(SHOWN);
		resize(other);
		barriers.addAll(barriers(shown.equals(this.page.evaluate(SHOWN)) ? RULES_OF_WIDTH : RULES));
		return barriers;
	}

	private void resize(int width) {
		if (this.page.viewportSize().width != width) {
			this.page.setViewportSize(width, (width < 600) ? 844 : 900);
			this.page.evaluate(DRAWN);
		}
	}

	private List<String> barriers(List<String> rules) {
		String where = " on " + this.page.url() + " at " + this.page.viewportSize().width;
		if (!"object".equals(this.page.evaluate("typeof axe"))) {
			this.page.evaluate(AXE);
		}
		List<String> barriers = new ArrayList<>();
		((List<?>) this.page.evaluate(BARRIERS, rules)).forEach((found) -> barriers.add(found + where));
		if (Boolean.FALSE.equals(
				this.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))) {
			barriers.add("wider than the screen" + where);
		}
		return barriers;
	}

	private static String axe() {
		try (InputStream script = AxeBuilder.class.getResourceAsStream("/axe.min.js")) {
			return new String(script.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Walks by keyboard to the element for which this script about {@code e} is true. */
	public static void tabTo(Page page, String focused) {
		for (int i = 0; i < 80; i++) {
			page.keyboard().press("Tab");
			if (Boolean.TRUE.equals(page.evaluate("(e => " + focused + ")(document.activeElement)"))) {
				return;
			}
		}
		throw new AssertionError("Not reached by keyboard on " + page.url() + ": " + focused);
	}

	/** Leaves a picture of what was on the screen last. */
	@Override
	public void close() {
		picture("last-" + this.person);
		this.profile.close();
	}

}
