package nl.doorbraak.support.security;

import java.util.Map;
import java.util.Optional;

import nl.doorbraak.support.Coded;

/** The port to whoever knows the officers. */
public interface Accounts {

	Optional<Account> find(String login);

	/** What a role is called; nothing for one that no officer has. */
	Optional<? extends Coded> role(String code);

	/**
	 * Takes over what the identity provider says of a person and returns the account.
	 * @throws nl.doorbraak.support.Refused when the claims name no organisation or
	 * function that is known here
	 */
	Account accept(Map<String, Object> claims);

}
