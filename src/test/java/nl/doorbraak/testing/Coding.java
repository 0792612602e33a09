package nl.doorbraak.testing;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import nl.doorbraak.resident.Situation;
import nl.doorbraak.support.Coded;

import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.util.ClassUtils;

/** All that the code calls by a code and people by a label. */
public final class Coding {

	/** Never on a page by itself: each has a sentence of its own. */
	private static final Set<Class<?>> SENTENCES = Set.of(Situation.Stage.class);

	private Coding() {
	}

	/** Every constant of every enumeration that has labels. */
	public static List<Coded> all() {
		ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false) {

			@Override
			protected boolean isCandidateComponent(AnnotatedBeanDefinition found) {
				return found.getMetadata().isIndependent() && !found.getMetadata().isInterface();
			}

		};
		scanner.addIncludeFilter(new AssignableTypeFilter(Coded.class));
		return scanner.findCandidateComponents("nl.doorbraak")
			.stream()
			.map((found) -> ClassUtils.resolveClassName(String.valueOf(found.getBeanClassName()), null))
			.filter((type) -> type.isEnum() && !SENTENCES.contains(type))
			.sorted((one, other) -> one.getName().compareTo(other.getName()))
			.flatMap((type) -> Stream.of(type.getEnumConstants()))
			.map(Coded.class::cast)
			.toList();
	}

}
