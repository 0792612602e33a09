package nl.doorbraak.audit;

import java.util.Optional;

import nl.doorbraak.support.DatabaseCheck;
import nl.doorbraak.support.StartRefused;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The application's own database role cannot change the audit, or the application does
 * not start.
 */
@Component
class AppendOnly implements DatabaseCheck {

	@Override
	public Optional<StartRefused> refusal(JdbcClient db) {
		return db.sql("""
				select current_user from pg_class c where c.oid in ('doorbraak.audit_line'::regclass,
				  'doorbraak.audit_head'::regclass, 'doorbraak.processing_log'::regclass)
				having bool_or(has_table_privilege(c.oid, 'update') or has_any_column_privilege(c.oid, 'update')
				  or has_table_privilege(c.oid, 'delete') or has_table_privilege(c.oid, 'truncate')
				  or has_table_privilege(c.oid, 'trigger') or pg_has_role(c.relowner, 'member'))""")
			.query(String.class)
			.optional()
			.map((role) -> new StartRefused(
					"The database role '" + role
							+ "' can change lines of the audit. The application may only add to it.",
					"Connect as a role that owns nothing and is no superuser or member of the owner; as the owner: "
							+ "revoke update, delete, truncate, trigger on doorbraak.audit_line, doorbraak.audit_head, doorbraak.processing_log from "
							+ role + "."));
	}

}
