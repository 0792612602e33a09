package nl.doorbraak.testing;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;

/** A real Chromium. Everybody who looks through it has a profile of his or her own. */
public final class Screens implements AutoCloseable {

	private static final List<String> ARGUMENTS = List.of("--no-sandbox", "--disable-gpu", "--disable-quic",
			"--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
			"--hide-scrollbars");

	private final Playwright playwright;

	private final com.microsoft.playwright.Browser chromium;

	private Screens(Playwright playwright, com.microsoft.playwright.Browser chromium) {
		this.playwright = playwright;
		this.chromium = chromium;
	}

	public static Screens open() {
		Path executable = Chromium.executable();
		// The first page of a busy machine may be slow; what never comes still fails.
		PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
		Playwright playwright = Playwright
			.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
		return new Screens(playwright,
				playwright.chromium()
					.launch(new BrowserType.LaunchOptions().setExecutablePath(executable)
						.setHeadless(true)
						.setArgs(ARGUMENTS)));
	}

	/** Somebody at a wide screen, not logged in. */
	public Screen screen(String address) {
		return screen(address, 1280);
	}

	/** Somebody at a screen of this width, not logged in. */
	public Screen screen(String address, int width) {
		return new Screen(
				this.chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions().setBaseURL(address)
					.setLocale("nl-NL")
					.setTimezoneId("Europe/Amsterdam")
					.setViewportSize(width, (width < 600) ? 844 : 900)));
	}

	/** Somebody at a wide screen, logged in. */
	public Screen screen(String address, String login) {
		Screen screen = screen(address);
		screen.logIn(login);
		return screen;
	}

	@Override
	public void close() {
		this.chromium.close();
		this.playwright.close();
	}

}
