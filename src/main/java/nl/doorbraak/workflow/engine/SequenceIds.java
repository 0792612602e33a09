package nl.doorbraak.workflow.engine;

import org.camunda.bpm.engine.impl.cfg.IdGenerator;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Short ids for the engine's rows, the same on no two nodes: a number from a sequence of
 * the database for each thousand. The engine's own generator of numbers locks a row; its
 * UUIDs make each row and index three times as large.
 */
class SequenceIds implements IdGenerator {

	private static final int BLOCK = 1000;

	private final JdbcClient db;

	private long next;

	private long end;

	SequenceIds(JdbcClient db) {
		this.db = db;
	}

	@Override
	public synchronized String getNextId() {
		if (this.next == this.end) {
			this.next = this.db.sql("select nextval('doorbraak.engine_id')").query(Long.class).single() * BLOCK;
			this.end = this.next + BLOCK;
		}
		return Long.toString(this.next++);
	}

}
