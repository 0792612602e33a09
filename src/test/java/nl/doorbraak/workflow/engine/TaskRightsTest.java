package nl.doorbraak.workflow.engine;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.camunda.bpm.engine.impl.TaskQueryImpl;
import org.camunda.bpm.engine.task.DelegationState;
import org.camunda.bpm.engine.task.TaskQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Only a question for all tasks is answered by our list: each criterion that the engine
 * has, or will have, makes another of it.
 */
class TaskRightsTest {

	/** What these say is how to answer, not what. */
	private static final Set<String> NO_CRITERION = Set.of("initializeFormKeys", "withCommentAttachmentInfo",
			"matchVariableNamesIgnoreCase", "matchVariableValuesIgnoreCase", "or", "endOr", "asc", "desc");

	static Stream<Method> criteria() {
		return Stream.of(TaskQuery.class.getMethods())
			.filter((method) -> method.getReturnType() == TaskQuery.class || method.getName().startsWith("order"))
			.filter((method) -> !NO_CRITERION.contains(method.getName()) && !method.getName().endsWith("Expression"))
			.filter((method) -> !Set.of("includeAssignedTasks", "followUpBeforeOrNotExistent", "orderByDueDate")
				.contains(method.getName()));
	}

	@ParameterizedTest
	@MethodSource("criteria")
	void criterionMakesAnotherQuestion(Method criterion) throws Exception {
		TaskQuery query = new TaskQueryImpl();
		Object said = criterion.invoke(query,
				Stream.of(criterion.getParameterTypes()).map(TaskRightsTest::some).toArray());
		if (criterion.getName().startsWith("order")) {
			query = ((TaskQuery) said).asc();
		}
		assertThat(TaskRights.asksForAll((TaskQueryImpl) query)).isFalse();
	}

	@Test
	void pageByDeadlineIsTheFirstOfAll() {
		TaskQueryImpl query = (TaskQueryImpl) new TaskQueryImpl().orderByDueDate().asc();
		assertThat(TaskRights.asksForAll(query)).isTrue();
		assertThat(TaskRights.asksForFirstOfAll(query)).as("without end").isFalse();
		query.setMaxResults(20);
		assertThat(TaskRights.asksForFirstOfAll(query)).isTrue();
		query.or().taskName("x").taskAssignee("y").endOr();
		assertThat(TaskRights.asksForFirstOfAll(query)).isFalse();
	}

	private static Object some(Class<?> type) {
		if (type.isArray()) {
			Object one = Array.newInstance(type.getComponentType(), 1);
			Array.set(one, 0, some(type.getComponentType()));
			return one;
		}
		return (type == Date.class) ? new Date()
				: (type == List.class) ? List.of("x") : (type == DelegationState.class) ? DelegationState.PENDING
						: (type == int.class || type == Integer.class) ? 1 : type.isEnum() ? type.getEnumConstants()[0]
								: type.isInterface() ? org.camunda.bpm.engine.variable.type.ValueType.STRING : "x";
	}

}
