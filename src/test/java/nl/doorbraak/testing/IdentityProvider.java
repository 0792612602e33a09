package nl.doorbraak.testing;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;

import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.util.matcher.MediaTypeRequestMatcher;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/**
 * An organisation's identity provider: a real OpenID Connect server on a port of its own,
 * whose people a test can change.
 */
public final class IdentityProvider implements AutoCloseable {

	/** Doorbraak at this provider. */
	public static final String CLIENT = "doorbraak-web";

	/** A system that uses the API, at this provider. */
	public static final String SYSTEM = "case-system";

	public static final String SECRET = "a-secret-of-the-test";

	public static final String SYSTEM_SECRET = "another-secret-of-the-test";

	/** What it says of whoever logs in, unless the claims of a person say otherwise. */
	private static final List<String> TWO_FACTORS = List.of("pwd", "mfa");

	private final AnnotationConfigServletWebServerApplicationContext server;

	private final RSAKey key = newKey();

	private final Map<String, Map<String, Object>> people = new ConcurrentHashMap<>();

	private final Map<String, String> sessions = new ConcurrentHashMap<>();

	public IdentityProvider() {
		this.server = new AnnotationConfigServletWebServerApplicationContext();
		this.server.registerBean(IdentityProvider.class, () -> this);
		this.server.register(Server.class);
		this.server.refresh();
	}

	/**
	 * Adds or changes a person, or a system with its own account, with what is claimed of
	 * them.
	 */
	public void knows(String login, Map<String, Object> claims) {
		this.people.put(login, Map.copyOf(claims));
	}

	/** Its address on {@code localhost}: other cookies than 127.0.0.1 has. */
	public String issuer() {
		return "http://localhost:" + this.server.getWebServer().getPort();
	}

	/** Where it may send who logged out: to this address and no other. */
	public void sendsBackTo(String address) {
		InMemoryRegisteredClientRepository clients = this.server.getBean(InMemoryRegisteredClientRepository.class);
		clients.save(RegisteredClient.from(clients.findByClientId(CLIENT))
			.postLogoutRedirectUris((all) -> all.add(address))
			.build());
	}

	/** What it calls the last session of a person. */
	public String session(String login) {
		return this.sessions.get(login);
	}

	/** Its word that somebody logged out, changed at will. */
	public String logoutToken(String login, Consumer<JwtClaimsSet.Builder> change) {
		return token(this.key, JwsHeader.with(SignatureAlgorithm.RS256).type("logout+jwt").build(), login, (claims) -> {
			claims.id(UUID.randomUUID().toString())
				.claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
			change.accept(claims);
		});
	}

	/** The settings that lead here, as environment variables. */
	public Map<String, String> settings() {
		return Map.of("SPRING_SECURITY_OAUTH2_CLIENT_PROVIDER_DOORBRAAK_ISSUERURI", issuer(),
				"SPRING_SECURITY_OAUTH2_CLIENT_REGISTRATION_DOORBRAAK_CLIENTID", CLIENT,
				"SPRING_SECURITY_OAUTH2_CLIENT_REGISTRATION_DOORBRAAK_CLIENTSECRET", SECRET);
	}

	/** A bearer token for a person, signed with the provider's key, changed at will. */
	public String token(String login, Consumer<JwtClaimsSet.Builder> change) {
		return token(this.key, login, change);
	}

	/**
	 * The same, signed with a key that says it is the provider's and is another.
	 */
	public String forgedToken(String login) {
		try {
			return token(new RSAKeyGenerator(2048).keyID(this.key.getKeyID()).generate(), login, (claims) -> {
			});
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** The same, signed with another key of which the token says that it lies there. */
	public String tokenWithKeyAt(String login, String address) {
		try {
			JwsHeader header = JwsHeader.with(SignatureAlgorithm.RS256).keyId(address).jwkSetUrl(address).build();
			return token(new RSAKeyGenerator(2048).keyID(address).generate(), header, login, (claims) -> {
			});
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private String token(RSAKey signer, String login, Consumer<JwtClaimsSet.Builder> change) {
		return token(signer, JwsHeader.with(SignatureAlgorithm.RS256).build(), login, change);
	}

	private String token(RSAKey signer, JwsHeader header, String login, Consumer<JwtClaimsSet.Builder> change) {
		Instant now = Instant.now();
		JwtClaimsSet.Builder claims = JwtClaimsSet.builder()
			.issuer(issuer())
			.subject(login)
			.audience(List.of(CLIENT))
			.issuedAt(now)
			.expiresAt(now.plusSeconds(300))
			.claim("amr", TWO_FACTORS)
			.claims((all) -> all.putAll(this.people.get(login)));
		change.accept(claims);
		return new NimbusJwtEncoder(new ImmutableJWKSet<>(new JWKSet(signer)))
			.encode(JwtEncoderParameters.from(header, claims.build()))
			.getTokenValue();
	}

	@Override
	public void close() {
		this.server.close();
	}

	private static RSAKey newKey() {
		try {
			return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** No component: the application's own scan must not find it. */
	@EnableWebMvc
	@EnableWebSecurity
	static class Server {

		@Bean
		TomcatServletWebServerFactory port() {
			TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(0);
			factory.getSession().getCookie().setName("PROVIDER");
			return factory;
		}

		@Bean
		DispatcherServlet dispatcherServlet() {
			return new DispatcherServlet();
		}

		@Bean
		@Order(1)
		SecurityFilterChain protocol(HttpSecurity http, IdentityProvider provider) throws Exception {
			OAuth2AuthorizationServerConfigurer protocol = OAuth2AuthorizationServerConfigurer.authorizationServer();
			http.securityMatcher(protocol.getEndpointsMatcher())
				.with(protocol, (server) -> server
					.oidc((oidc) -> oidc.userInfoEndpoint((info) -> info.userInfoMapper((context) -> {
						String login = context.getAuthorization().getPrincipalName();
						Map<String, Object> claims = new java.util.HashMap<>(provider.people.get(login));
						claims.remove("organisation");
						claims.put("sub", login);
						return new OidcUserInfo(claims);
					}))))
				.authorizeHttpRequests((any) -> any.anyRequest().authenticated())
				.csrf((csrf) -> csrf.disable())
				.exceptionHandling(
						(e) -> e.defaultAuthenticationEntryPointFor(new LoginUrlAuthenticationEntryPoint("/login"),
								new MediaTypeRequestMatcher(MediaType.TEXT_HTML)))
				.oauth2ResourceServer((userInfo) -> userInfo.jwt(Customizer.withDefaults()));
			return http.build();
		}

		@Bean
		@Order(2)
		SecurityFilterChain login(HttpSecurity http) throws Exception {
			return http.authorizeHttpRequests((any) -> any.anyRequest().authenticated())
				.csrf((csrf) -> csrf.disable())
				.formLogin(Customizer.withDefaults())
				.build();
		}

		@Bean
		UserDetailsService logins(IdentityProvider provider) {
			return (login) -> {
				if (!provider.people.containsKey(login)) {
					throw new UsernameNotFoundException(login);
				}
				return User.withUsername(login).password("{noop}" + SECRET).roles("person").build();
			};
		}

		/**
		 * A part of the claims stands in the ID token and a part in the user info, as
		 * providers do.
		 */
		@Bean
		OAuth2TokenCustomizer<JwtEncodingContext> claims(IdentityProvider provider) {
			return (context) -> {
				Map<String, Object> claims = provider.people.get(context.getPrincipal().getName());
				boolean idToken = OidcParameterNames.ID_TOKEN.equals(context.getTokenType().getValue());
				context.getClaims().claims((all) -> {
					all.put("amr", TWO_FACTORS);
					all.putAll(claims);
					if (idToken) {
						provider.sessions.put(context.getPrincipal().getName(), (String) all.get("sid"));
						all.remove("functions");
					}
					else {
						all.put("aud", List.of(CLIENT));
					}
				});
			};
		}

		@Bean
		InMemoryRegisteredClientRepository clients() {
			return new InMemoryRegisteredClientRepository(
					RegisteredClient.withId("1")
						.clientId(CLIENT)
						.clientSecret("{noop}" + SECRET)
						.clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
						.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
						// Any port of this address.
						.redirectUri("http://127.0.0.1/login/oauth2/code/doorbraak")
						.scopes((scopes) -> scopes.addAll(Set.of("openid", "profile", "email")))
						.build(),
					RegisteredClient.withId("2")
						.clientId(SYSTEM)
						.clientSecret("{noop}" + SYSTEM_SECRET)
						.clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
						.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
						.build());
		}

		@Bean
		JWKSource<SecurityContext> keys(IdentityProvider provider) {
			return new ImmutableJWKSet<>(new JWKSet(provider.key));
		}

		@Bean
		JwtDecoder decoder(JWKSource<SecurityContext> keys) {
			return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
		}

		@Bean
		AuthorizationServerSettings settings() {
			return AuthorizationServerSettings.builder().build();
		}

	}

}
