package nl.doorbraak.overview.web;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import nl.doorbraak.agency.AgencyRequests;
import nl.doorbraak.audit.AuditTrail;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Sight;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.overview.CaseStory;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.WalkedPath;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/**
 * The pictures of a case: how high it stood, its course over time, the path it walked,
 * and how it was on one day; for whoever may see its page. They hold no text about
 * people.
 */
@Component
class CasePictures {

	private final AuditTrail trail;

	private final WalkedPath path;

	private final CaseFiles files;

	private final AgencyRequests agencies;

	private final StoryWords words;

	private final ObjectMapper json = new ObjectMapper();

	private final Clock clock;

	CasePictures(AuditTrail trail, WalkedPath path, CaseFiles files, AgencyRequests agencies, StoryWords words,
			Clock clock) {
		this.agencies = agencies;
		this.trail = trail;
		this.path = path;
		this.files = files;
		this.words = words;
		this.clock = clock;
	}

	/**
	 * Adds them to a page, with the names of people and organisations.
	 * @param reader sees what agencies were asked, or does not
	 * @param day the day that is asked for; null for none
	 * @throws Refused when that day is yet to come (400)
	 */
	void show(Model model, String number, CaseFiles.Reader reader, Locale locale, @Nullable LocalDate day) {
		Instant now = this.clock.instant();
		if (day != null && day.isAfter(DutchTime.day(now))) {
			throw Refused.invalid("day-to-come", "Kies een dag tot en met vandaag: wat nog komt, kan nog veranderen.");
		}
		StoryWords.In in = this.words.in(locale);
		CaseFiles.Standing standing = this.files.standing(number);
		CaseStory whole = CaseStory.of(this.trail.chain(number)).without(this.agencies.apart(number));
		CaseStory story = reader.sees(Sight.ANSWERS) ? whole : whole.withoutQuestions();
		Timeline timeline = Timeline.of(story, standing.eventDate(), now, in);
		PathPicture walked = PathPicture.of(this.path.of(number), now);
		model.addAttribute("height", Height.of(standing.stays(), now));
		model.addAttribute("rungs", Rung.values());
		model.addAttribute("timeline", timeline);
		model.addAttribute("timelineDrawing", write(timeline.drawing()));
		model.addAttribute("walked", walked);
		model.addAttribute("walkedDrawing", write(walked.drawing((node) -> label(node, in))));
		model.addAttribute("words", in);
		model.addAttribute("names", (UnaryOperator<String>) in::person);
		model.addAttribute("bodies", (UnaryOperator<String>) in::organisation);
		model.addAttribute("day", day);
		model.addAttribute("onTheDay", (day != null) ? story.on(day) : null);
	}

	/** What stands at a node: how often, and how long where it takes time. */
	private static String label(PathPicture.Node node, StoryWords.In in) {
		boolean takesTime = node.type().equals("userTask") || node.type().equals("callActivity");
		if (!takesTime) {
			return (node.times() > 1) ? in.say("path.times", node.times()) : "";
		}
		String took = in.took(node.took());
		return (node.times() > 1) ? in.say("path.timesTook", node.times(), took) : took;
	}

	private String write(Object drawing) {
		try {
			return this.json.writeValueAsString(drawing);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("A picture is made of words and numbers", ex);
		}
	}

}
