package nl.doorbraak.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

import com.sun.net.httpserver.HttpServer;

/** The one outside who hears that all is well, as the watchdog tells it. */
final class Heartbeat implements AutoCloseable {

	private final HttpServer server;

	private volatile long last = System.nanoTime();

	private volatile int beats;

	Heartbeat() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/", (exchange) -> {
			this.last = System.nanoTime();
			this.beats++;
			exchange.sendResponseHeaders(204, -1);
			exchange.close();
		});
		this.server.start();
	}

	String address() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort() + "/";
	}

	int beats() {
		return this.beats;
	}

	Duration silence() {
		return Duration.ofNanos(System.nanoTime() - this.last);
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
