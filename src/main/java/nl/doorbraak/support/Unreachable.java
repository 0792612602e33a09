package nl.doorbraak.support;

import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Says which of the two others, database or identity provider, did not let us in. */
class Unreachable implements FailureAnalyzer {

	@Override
	public @Nullable FailureAnalysis analyze(Throwable failure) {
		for (Throwable each = failure; each != null; each = each.getCause()) {
			if (each instanceof SQLException sql && sql.getSQLState() != null
					&& sql.getSQLState().matches("08.*|28.*|3D.*")) {
				return new FailureAnalysis("The database did not let Doorbraak in: " + firstLine(sql),
						"Check spring.datasource.url, the two roles and their passwords, and that the database is running.",
						failure);
			}
			if (each instanceof BeanCreationException creation
					&& "clientRegistrationRepository".equals(creation.getBeanName())) {
				return new FailureAnalysis("The identity provider did not answer as one: " + firstLine(root(each)),
						"Open the address of spring.security.oauth2.client.provider.doorbraak.issuer-uri followed by "
								+ "/.well-known/openid-configuration from this machine; its \"issuer\" must be that address to the letter.",
						failure);
			}
		}
		return null;
	}

	private static Throwable root(Throwable failure) {
		Throwable root = failure;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return root;
	}

	private static String firstLine(Throwable failure) {
		return String.valueOf(failure.getMessage()).lines().findFirst().orElse("no reason given");
	}

}
