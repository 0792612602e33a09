package nl.doorbraak.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;

/** A real Chromium. Everybody who looks through it has a profile of his or her own. */
public final class Screens implements AutoCloseable {

	private static final List<String> ARGUMENTS = List.of("--no-sandbox", "--disable-gpu", "--disable-quic",
			"--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
			"--hide-scrollbars",
			// No page lives long enough to be worth the last compiler.
			"--js-flags=--no-turbofan");

	private final com.microsoft.playwright.Browser chromium;

	private final List<BrowserContext> opened = new ArrayList<>();

	private Screens(com.microsoft.playwright.Browser chromium) {
		this.chromium = chromium;
	}

	public static Screens open() {
		return new Screens(Shared.CHROMIUM);
	}

	/** Somebody at a wide screen, not logged in. */
	public Screen screen(String address) {
		return screen(address, 1280);
	}

	/** Somebody at a screen of this width, not logged in. */
	public Screen screen(String address, int width) {
		BrowserContext context = this.chromium
			.newContext(new com.microsoft.playwright.Browser.NewContextOptions().setBaseURL(address)
				.setLocale("nl-NL")
				.setTimezoneId("Europe/Amsterdam")
				.setViewportSize(width, (width < 600) ? 844 : 900));
		this.opened.add(context);
		return new Screen(context);
	}

	/** Somebody at a wide screen, logged in. */
	public Screen screen(String address, String login) {
		Screen screen = screen(address);
		screen.logIn(login);
		return screen;
	}

	/** What was opened here; the browser stays for the next. */
	@Override
	public void close() {
		this.opened.forEach(BrowserContext::close);
	}

	/** One browser for all tests of this process: starting it takes seconds. */
	private static final class Shared {

		private static final com.microsoft.playwright.Browser CHROMIUM = launch();

		private static com.microsoft.playwright.Browser launch() {
			Path executable = Chromium.executable();
			// The first page of a busy machine may be slow; what never comes still fails.
			PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
			return Playwright
				.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")))
				.chromium()
				.launch(new BrowserType.LaunchOptions().setExecutablePath(executable)
					.setHeadless(true)
					.setArgs(ARGUMENTS));
		}

	}

}
