package nl.doorbraak.alert;

import java.time.LocalDate;

import nl.doorbraak.directory.Officer;

/** What there is to tell somebody on a working day; asked anew when the mail is sent. */
public interface DigestContent {

	Digest of(Officer reader, LocalDate day);

}
