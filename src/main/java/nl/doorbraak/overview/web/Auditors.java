package nl.doorbraak.overview.web;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

import nl.doorbraak.audit.AuditSearch;
import nl.doorbraak.audit.AuditTrail.Place;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer.Post;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Whose record somebody may look at. */
@Component
class Auditors {

	private final Directory directory;

	Auditors(Directory directory) {
		this.directory = directory;
	}

	/** The municipalities that somebody audits. */
	Set<String> municipalities(String login) {
		return this.directory.getOfficer(login)
			.posts()
			.stream()
			.filter((post) -> post.function() == Function.AUDITOR)
			.map(Post::organisation)
			.collect(Collectors.toSet());
	}

	/**
	 * Whose lines they find: of those municipalities, their regions, the bodies of the
	 * whole country and the installation; never of another municipality or region.
	 */
	Set<String> findable(String login) {
		Set<String> own = municipalities(login);
		Set<String> findable = new HashSet<>(own);
		findable.add(AuditSearch.INSTALLATION);
		for (Organisation each : this.directory.allOrganisations()) {
			if (own.contains(each.id()) && each.region() != null) {
				findable.add(each.region());
			}
			if (each.kind() != Organisation.Kind.MUNICIPALITY && each.kind() != Organisation.Kind.REGION) {
				findable.add(each.id());
			}
		}
		return findable;
	}

	/** Where a page ended: chain and number of a line. */
	static @Nullable Place place(@Nullable String text) {
		if (text == null) {
			return null;
		}
		String[] parts = text.split(":");
		if (parts.length != 2 || !parts[0].matches("[A-Za-z0-9-]{1,30}") || !parts[1].matches("[0-9]{1,15}")) {
			throw Refused.invalid("no-such-line",
					"Deze plaats in het overzicht bestaat niet. Begin opnieuw bij Controle.");
		}
		return new Place(parts[0], Long.parseLong(parts[1]));
	}

}
