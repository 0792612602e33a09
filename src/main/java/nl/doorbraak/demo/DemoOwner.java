package nl.doorbraak.demo;

import java.time.Duration;

import org.springframework.jdbc.core.simple.JdbcClient;

/** What only the owner of the demo's database may do. */
public record DemoOwner(JdbcClient db) {

	/** Puts the clock ahead of the real time by this much. */
	public void setClockAhead(Duration ahead) {
		this.db.sql("update doorbraak.clock_offset set ahead = make_interval(secs => :seconds)")
			.param("seconds", ahead.toMillis() / 1000.0)
			.update();
	}

}
