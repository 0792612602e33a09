package nl.doorbraak.overview.web;

import java.security.Principal;

import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Worklist;
import nl.doorbraak.support.Worklist.KnownTask;
import nl.doorbraak.support.web.MenuLink;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * Where a link to a task leads: to the task in Tasklist, or, for who did it or is on the
 * case, to a page that says who did it and when.
 */
@Controller
class TaskPage {

	private final Worklist worklist;

	private final CaseFiles files;

	private final Directory directory;

	TaskPage(Worklist worklist, CaseFiles files, Directory directory) {
		this.worklist = worklist;
		this.files = files;
		this.directory = directory;
	}

	@GetMapping("/taak/{id}")
	String open(Model model, Principal reader, @PathVariable String id) {
		if (this.worklist.findTask(reader.getName(), id).isPresent()) {
			return "redirect:" + MenuLink.WORK + "#/?task=" + id;
		}
		KnownTask task = this.worklist.findKnown(id).orElseThrow(Refused::notFound);
		boolean onTheCase = this.files.isOn(reader.getName(), task.subject());
		if (!onTheCase && !(task.completed() && reader.getName().equals(task.assignee()))) {
			throw Refused.notFound();
		}
		model.addAttribute("task", task);
		model.addAttribute("onTheCase", onTheCase);
		model.addAttribute("by", (task.assignee() != null) ? this.directory.nameOf(task.assignee()) : null);
		return "overview/task";
	}

}
