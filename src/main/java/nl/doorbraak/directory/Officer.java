package nl.doorbraak.directory;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Somebody who works with Doorbraak.
 *
 * @param deputy login of who stands in
 * @param email where alerts go
 * @param phone at work
 */
public record Officer(String login, String name, @Nullable String deputy, @Nullable String email,
		@Nullable String phone, List<Post> posts) {

	public Officer {
		posts = List.copyOf(posts);
	}

	/** A function at an organisation. */
	public record Post(Function function, String organisation) {

		/**
		 * The group of everybody with this function at this organisation: letters and
		 * digits only.
		 */
		public String group() {
			return this.function.code() + this.organisation;
		}

		/** The post of which this is the group; nothing for any other text. */
		public static Optional<Post> ofGroup(String group) {
			return Arrays.stream(Function.values())
				.filter((function) -> group.startsWith(function.code()))
				.max(Comparator.comparing((function) -> function.code().length()))
				.map((function) -> new Post(function, group.substring(function.code().length())))
				.filter((post) -> !post.organisation().isEmpty());
		}

	}

	public boolean holds(Function function) {
		return this.posts.stream().anyMatch((post) -> post.function() == function);
	}

	/** The number for text messages; null: none that can get them. */
	public @Nullable String mobile() {
		return Phone.mobile(this.phone);
	}

	/** Where the officer holds the function; the first one where there are more. */
	public Optional<String> organisationAs(Function function) {
		return this.posts.stream().filter((post) -> post.function() == function).map(Post::organisation).findFirst();
	}

}
