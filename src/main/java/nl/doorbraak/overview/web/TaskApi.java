package nl.doorbraak.overview.web;

import java.security.Principal;
import java.util.List;
import java.util.Map;

import nl.doorbraak.casefile.FormTask;
import nl.doorbraak.casefile.Writing;
import nl.doorbraak.support.Worklist;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * A person's tasks for other systems: the same list and the same rules as in Tasklist.
 */
@RestController
@RequestMapping("/api/v1/tasks")
class TaskApi {

	private static final int MOST = 100;

	private final Worklist worklist;

	private final Writing writing;

	TaskApi(Worklist worklist, Writing writing) {
		this.worklist = worklist;
		this.writing = writing;
	}

	/** A hundred at a time, the nearest deadline first. */
	@GetMapping
	List<Worklist.OpenTask> open(Principal caller, @RequestParam(defaultValue = "0") int from) {
		return this.worklist.openTasks(caller.getName(), Math.max(0, from), MOST);
	}

	/** What the task's form shows, by field key; recorded as a reading of the case. */
	@GetMapping("/{id}/values")
	Map<String, Object> values(Principal caller, @PathVariable String id) {
		Worklist.OpenTask task = this.worklist.task(caller.getName(), id);
		return this.writing.shown(new FormTask(task.subject(), task.form(), task.part()), caller.getName());
	}

	@PostMapping("/{id}/claim")
	void claim(Principal caller, @PathVariable String id) {
		this.worklist.claim(caller.getName(), id);
	}

	@PostMapping("/{id}/unclaim")
	void unclaim(Principal caller, @PathVariable String id) {
		this.worklist.unclaim(caller.getName(), id);
	}

	@PostMapping("/{id}/complete")
	void complete(Principal caller, @PathVariable String id, @RequestBody Map<String, Object> fields) {
		this.worklist.complete(caller.getName(), id, fields);
	}

}
