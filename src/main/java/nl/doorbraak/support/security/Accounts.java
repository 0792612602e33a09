package nl.doorbraak.support.security;

import java.util.Map;
import java.util.Optional;

/** The port to whoever knows the officers. */
public interface Accounts {

	Optional<Account> find(String login);

	/**
	 * Takes over what the identity provider says of a person and returns the account.
	 * @throws nl.doorbraak.support.Refused when the claims name no organisation or
	 * function that is known here
	 */
	Account accept(Map<String, Object> claims);

}
