package nl.doorbraak.support.web;

import nl.doorbraak.support.security.Account;

/** Something that stands over every page of ours, for who can do something about it. */
public interface FrameNotice {

	/** Whether it stands there now for this reader. */
	boolean standsFor(Account reader);

	/** Key of its sentence. */
	String sentence();

	/** Page that it leads to. */
	String path();

}
