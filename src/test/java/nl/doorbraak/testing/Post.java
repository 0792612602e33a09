package nl.doorbraak.testing;

import nl.doorbraak.alert.Carrier;
import nl.doorbraak.alert.Letter;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Primary;

/** Brings letters to the demo's mailbox, or for a while by another carrier. */
@TestComponent
@Primary
public class Post implements Carrier {

	private final Carrier mailbox;

	private volatile Carrier carrier;

	Post(@Qualifier("demoMail") Carrier mailbox) {
		this.mailbox = mailbox;
		this.carrier = mailbox;
	}

	public void by(Carrier other) {
		this.carrier = other;
	}

	public void byMailbox() {
		this.carrier = this.mailbox;
	}

	@Override
	public Answer carry(Letter letter) {
		return this.carrier.carry(letter);
	}

}
