package nl.doorbraak.overview.web;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.doorbraak.agency.AgencyAnswer;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Officer.Post;
import nl.doorbraak.overview.CaseStory.Held;
import nl.doorbraak.overview.CaseStory.Question;
import nl.doorbraak.overview.CaseStory.Signature;
import nl.doorbraak.overview.CaseStory.Stay;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.Worklist.Offered;
import nl.doorbraak.support.Worklist.OpenTask;
import nl.doorbraak.support.web.Labels;

import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says the course of a case in the reader's language. */
@Component
class StoryWords {

	private final MessageSource messages;

	private final Labels labels;

	private final Directory directory;

	StoryWords(MessageSource messages, Labels labels, Directory directory) {
		this.messages = messages;
		this.labels = labels;
		this.directory = directory;
	}

	In in(Locale locale) {
		return new In(locale);
	}

	/** In one language. */
	public final class In {

		private final Locale locale;

		In(Locale locale) {
			this.locale = locale;
		}

		public String say(String key, Object... with) {
			return StoryWords.this.messages.getMessage(key, (with.length == 0) ? null : with, this.locale);
		}

		public String task(OpenTask task) {
			return StoryWords.this.labels.task(task.form(), task.name(), this.locale);
		}

		public String label(Coded named) {
			return StoryWords.this.labels.of(named, this.locale);
		}

		/** A person's name; what code did is called what it is. */
		public String person(String actor) {
			return switch (actor) {
				case Actor.TIMER -> say("story.timer");
				case Actor.SOFTWARE -> say("story.software");
				case Actor.LINK -> say("record.link");
				default -> StoryWords.this.directory.nameOf(actor);
			};
		}

		public String organisation(String id) {
			return StoryWords.this.directory.getOrganisation(id).name();
		}

		/** Who has a task, or who may take it up. */
		String holders(Offered offered) {
			String assignee = offered.task().assignee();
			if (assignee != null) {
				return person(assignee);
			}
			return Stream
				.concat(offered.logins().stream().map(this::person),
						offered.groups()
							.stream()
							.flatMap((group) -> Post.ofGroup(group).stream())
							.map((post) -> label(post.function()) + ", " + organisation(post.organisation())))
				.distinct()
				.collect(Collectors.joining(", "));
		}

		public String lead(String organisation) {
			return say("timeline.lead", organisation(organisation));
		}

		public String kind(Held held) {
			return held.provisional() ? say("timeline.provisional") : "";
		}

		public String nobody() {
			return say("timeline.nobody");
		}

		public String signatures() {
			return say("timeline.signatures");
		}

		public String signature(Signature each) {
			return say("timeline.signature", say("record.act." + each.act()), person(each.person()),
					label(each.function()), organisation(each.organisation()), each.mandate(), each.mandateVersion());
		}

		/** How a stay on a level ended. */
		public String end(Stay stay) {
			if (stay.until() == null) {
				return "";
			}
			return stay.endedByTerm() ? say("timeline.endedByTerm")
					: (stay.endedBy() != null) ? say("timeline.endedBy", person(stay.endedBy())) : "";
		}

		/**
		 * Who did a task, or what became of it: the engine's history names who held it,
		 * whoever did it.
		 */
		public String done(PathPicture.Task task) {
			String holder = task.passage().holder();
			String doneBy = task.passage().doneBy();
			String held = (holder != null) ? person(holder) : say("path.noHolder");
			return switch (task.how()) {
				case OPEN -> (holder != null) ? say("path.open", held) : say("path.openNobody");
				case BY_HOLDER -> held;
				case BY_ANOTHER -> say("path.byAnother", person(String.valueOf(doneBy)), held);
				case BY_SOFTWARE -> say("path.bySoftware", held);
				case TERM_PASSED -> say("path.termPassed");
				case TAKEN_AWAY -> say("path.takenAway");
			};
		}

		/** A time in whole days, or else hours. */
		public String took(Duration time) {
			long days = time.toDays();
			return (days > 0) ? say("path.days", days)
					: (time.toHours() > 0) ? say("path.hours", time.toHours()) : say("path.short");
		}

		public String answer(Question asked) {
			if (asked.answer() != null) {
				return Coded.find(AgencyAnswer.class, asked.answer()).map(this::label).orElse("");
			}
			return say(asked.silent() ? "timeline.silent"
					: (asked.until() != null) ? "timeline.lapsed" : "timeline.waiting");
		}

	}

}
