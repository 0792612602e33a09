package nl.doorbraak.workflow.engine;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.authorization.Groups;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.GroupQuery;
import org.camunda.bpm.engine.identity.NativeUserQuery;
import org.camunda.bpm.engine.identity.Tenant;
import org.camunda.bpm.engine.identity.TenantQuery;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.identity.UserQuery;
import org.camunda.bpm.engine.impl.GroupQueryImpl;
import org.camunda.bpm.engine.impl.Page;
import org.camunda.bpm.engine.impl.TenantQueryImpl;
import org.camunda.bpm.engine.impl.UserQueryImpl;
import org.camunda.bpm.engine.impl.identity.ReadOnlyIdentityProvider;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.GroupEntity;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;
import org.jspecify.annotations.Nullable;

/**
 * Shows the engine our officers: the function as a group, and the function at an
 * organisation as a group. Logs nobody in. Answers only the criteria that the web
 * applications use by id; anything broader finds nothing.
 */
class OfficerIdentityProvider implements ReadOnlyIdentityProvider {

	private final Directory directory;

	OfficerIdentityProvider(Directory directory) {
		this.directory = directory;
	}

	/** The ids of an officer's groups. */
	static List<String> groupsOf(Officer officer) {
		Set<String> groups = new LinkedHashSet<>();
		officer.posts().forEach((post) -> {
			groups.add(post.function().code());
			groups.add(post.group());
			if (post.function() == Function.ADMINISTRATOR) {
				groups.add(Groups.CAMUNDA_ADMIN);
			}
		});
		return List.copyOf(groups);
	}

	@Override
	public @Nullable User findUserById(String userId) {
		return this.directory.findOfficer(userId).map(OfficerIdentityProvider::user).orElse(null);
	}

	private static User user(Officer officer) {
		UserEntity user = new UserEntity();
		user.setId(officer.login());
		// Tasklist shows both names with a space between.
		int space = officer.name().indexOf(' ');
		user.setFirstName((space > 0) ? officer.name().substring(0, space) : officer.name());
		user.setLastName((space > 0) ? officer.name().substring(space + 1) : "");
		return user;
	}

	private static Group group(String id) {
		GroupEntity group = new GroupEntity();
		group.setId(id);
		group.setName(id);
		group.setType("WORKFLOW");
		return group;
	}

	private List<User> users(UserQueryImpl query) {
		Stream<@Nullable String> ids = (query.getId() != null) ? Stream.of(query.getId())
				: (query.getIds() != null) ? Stream.of(query.getIds()) : Stream.empty();
		return ids.filter(Objects::nonNull)
			.flatMap((id) -> this.directory.findOfficer(String.valueOf(id)).stream())
			.filter((officer) -> query.getGroupId() == null || groupsOf(officer).contains(query.getGroupId()))
			.map(OfficerIdentityProvider::user)
			.toList();
	}

	private List<Group> groups(GroupQueryImpl query) {
		if (query.getUserId() == null) {
			return List.of();
		}
		return this.directory.findOfficer(query.getUserId())
			.map(OfficerIdentityProvider::groupsOf)
			.orElse(List.of())
			.stream()
			.filter((id) -> query.getId() == null || query.getId().equals(id))
			.map(OfficerIdentityProvider::group)
			.toList();
	}

	@Override
	public UserQuery createUserQuery() {
		return new OfficerQuery(this);
	}

	@Override
	public UserQuery createUserQuery(CommandContext context) {
		return new OfficerQuery(this);
	}

	@Override
	public NativeUserQuery createNativeUserQuery() {
		throw new BadUserRequestException("Native user queries are not supported");
	}

	@Override
	public boolean checkPassword(String userId, String password) {
		return false;
	}

	@Override
	public @Nullable Group findGroupById(String groupId) {
		return group(groupId);
	}

	@Override
	public GroupQuery createGroupQuery() {
		return new OfficerGroupQuery(this);
	}

	@Override
	public GroupQuery createGroupQuery(CommandContext context) {
		return new OfficerGroupQuery(this);
	}

	@Override
	public @Nullable Tenant findTenantById(String tenantId) {
		return null;
	}

	@Override
	public TenantQuery createTenantQuery() {
		return new NoTenants();
	}

	@Override
	public TenantQuery createTenantQuery(CommandContext context) {
		return new NoTenants();
	}

	@Override
	public void flush() {
	}

	@Override
	public void close() {
	}

	private static final class OfficerQuery extends UserQueryImpl {

		private static final long serialVersionUID = 1L;

		private final transient OfficerIdentityProvider officers;

		OfficerQuery(OfficerIdentityProvider officers) {
			this.officers = officers;
		}

		@Override
		public long executeCount(CommandContext context) {
			return this.officers.users(this).size();
		}

		@Override
		public List<User> executeList(CommandContext context, Page page) {
			return this.officers.users(this);
		}

		@Override
		public List<User> list() {
			return this.officers.users(this);
		}

		@Override
		public List<User> listPage(int first, int most) {
			return this.officers.users(this).stream().skip(first).limit(most).toList();
		}

		@Override
		public long count() {
			return this.officers.users(this).size();
		}

		@Override
		public @Nullable User singleResult() {
			return this.officers.users(this).stream().findFirst().orElse(null);
		}

	}

	private static final class OfficerGroupQuery extends GroupQueryImpl {

		private static final long serialVersionUID = 1L;

		private final transient OfficerIdentityProvider officers;

		OfficerGroupQuery(OfficerIdentityProvider officers) {
			this.officers = officers;
		}

		@Override
		public long executeCount(CommandContext context) {
			return this.officers.groups(this).size();
		}

		@Override
		public List<Group> executeList(CommandContext context, Page page) {
			return this.officers.groups(this);
		}

		@Override
		public List<Group> list() {
			return this.officers.groups(this);
		}

		@Override
		public List<Group> listPage(int first, int most) {
			return this.officers.groups(this).stream().skip(first).limit(most).toList();
		}

		@Override
		public long count() {
			return this.officers.groups(this).size();
		}

		@Override
		public @Nullable Group singleResult() {
			return this.officers.groups(this).stream().findFirst().orElse(null);
		}

	}

	private static final class NoTenants extends TenantQueryImpl {

		private static final long serialVersionUID = 1L;

		@Override
		public long executeCount(CommandContext context) {
			return 0;
		}

		@Override
		public List<Tenant> executeList(CommandContext context, Page page) {
			return List.of();
		}

		@Override
		public List<Tenant> list() {
			return List.of();
		}

		@Override
		public long count() {
			return 0;
		}

	}

}
