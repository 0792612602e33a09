package nl.doorbraak.workflow.tasklist;

import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.CaseLine;
import nl.doorbraak.lead.Leads;
import nl.doorbraak.support.DutchTime;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.TaskService;

import org.springframework.stereotype.Component;

/**
 * Adds to the question for a ready filter what holds at this moment and for this reader.
 */
@Component
class FilterToday {

	private static final int NEAR_DAYS = 7;

	/** No task has this id: an empty list would ask for all. */
	private static final String NONE = "-";

	private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ");

	private final FilterService filters;

	private final TaskService tasks;

	private final CaseFiles files;

	private final Leads leads;

	private final Clock clock;

	FilterToday(FilterService filters, TaskService tasks, CaseFiles files, Leads leads, Clock clock) {
		this.filters = filters;
		this.tasks = tasks;
		this.files = files;
		this.leads = leads;
		this.clock = clock;
	}

	LocalDate today() {
		return DutchTime.day(this.clock.instant());
	}

	void narrow(String filterId, String login, ObjectNode query) {
		find(filterId).ifPresent((filter) -> {
			switch (filter) {
				case TODAY -> // what ends at midnight had today as its last day
					query.put("dueBefore",
							MOMENT.format(today().plusDays(1).atStartOfDay(DutchTime.ZONE).plusSeconds(1)));
				case EVENT_NEAR -> cases(query,
						this.files.listFor(login).stream().filter(this::isNear).map(CaseLine::number).toList());
				case WITHOUT_LEAD -> cases(query,
						this.leads.withoutLead(this.files.listFor(login).stream().map(CaseLine::number).toList()));
				case TAKEN -> query.put("assignee", login);
				default -> {
				}
			}
		});
	}

	private boolean isNear(CaseLine line) {
		LocalDate event = line.eventDate();
		return event != null && !event.isAfter(today().plusDays(NEAR_DAYS));
	}

	/** By the tasks' ids: a question about a filter cannot name cases. */
	private void cases(ObjectNode query, Collection<String> numbers) {
		ArrayNode ids = query.putArray("taskIdIn").add(NONE);
		if (!numbers.isEmpty()) {
			this.tasks.createTaskQuery()
				.processInstanceBusinessKeyIn(numbers.toArray(String[]::new))
				.unlimitedList()
				.forEach((task) -> ids.add(task.getId()));
		}
	}

	private Optional<ReadyFilter> find(String filterId) {
		return Optional.ofNullable(this.filters.createFilterQuery().filterId(filterId).singleResult())
			.flatMap((filter) -> Stream.of(ReadyFilter.values())
				.filter((ready) -> ready.label().equals(filter.getName()))
				.findFirst());
	}

}
