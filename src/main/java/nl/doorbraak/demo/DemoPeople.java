package nl.doorbraak.demo;

import java.util.List;
import java.util.stream.Stream;
import java.util.Locale;

import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder.SecretKeyFactoryAlgorithm;

/** Invented municipalities, regions and people, who all log in with the same password. */
@Configuration(proxyBeanMethods = false)
@Profile("demo")
class DemoPeople {

	static final String PASSWORD = "doorbraak";

	static final List<Person> PEOPLE = List.of(
			new Person("anna", "Anna de Wit", Function.CASE_DIRECTOR, "GM9001", "karim"),
			new Person("karim", "Karim Haddou", Function.CASE_DIRECTOR, "GM9001", "anna"),
			new Person("bert", "Bert Kuipers", Function.CASE_DIRECTOR, "GM9001", null),
			new Person("wout", "Wout de Lange", Function.DISTRICT_TEAM_MEMBER, "GM9001", null),
			new Person("nadia", "Nadia Aydin", Function.DISTRICT_TEAM_MEMBER, "GM9001", null),
			new Person("tess", "Tess Groen", Function.DISTRICT_TEAM_MEMBER, "GM9001", null),
			new Person("mila", "Mila Jansen", Function.MANAGER, "GM9001", null),
			new Person("dirk", "Dirk Mulder", Function.DIRECTOR, "GM9001", null),
			new Person("wilma", "Wilma Hoekstra", Function.ALDERMAN, "GM9001", null),
			new Person("noor", "Noor Willems", Function.LEGAL_ADVISER, "GM9001", null),
			new Person("frans", "Frans de Boer", Function.FINANCE_ADVISER, "GM9001", null),
			new Person("bas", "Bas Verhoeven", Function.ALDERMAN_ADVISER, "GM9001", null),
			new Person("olaf", "Olaf Visser", Function.CASE_DIRECTOR, "GM9002", null),
			new Person("sara", "Sara Bakker", Function.CASE_DIRECTOR, "GM9003", null),
			new Person("hein", "Hein Drost", Function.MANAGER, "GM9002", null),
			new Person("esther", "Esther Maas", Function.DIRECTOR, "GM9002", null),
			new Person("marga", "Marga Vink", Function.MANAGER, "GM9003", null),
			new Person("fatma", "Fatma Öztürk", Function.CASE_DIRECTOR, "GM9004", null),
			new Person("ineke", "Ineke Brouwer", Function.MANAGER, "GM9004", null),
			new Person("wim", "Wim Scholten", Function.DIRECTOR, "GM9004", null),
			new Person("daan", "Daan Huisman", Function.CASE_DIRECTOR, "GM9005", "lieke"),
			new Person("lieke", "Lieke Bosman", Function.CASE_DIRECTOR, "GM9005", "daan"),
			new Person("gijs", "Gijs Terwel", Function.MANAGER, "GM9005", null),
			new Person("joke", "Joke Wiersma", Function.DIRECTOR, "GM9005", null),
			new Person("ruben", "Ruben Kok", Function.PROCESS_DIRECTOR, "RG03", null),
			new Person("paul", "Paul Meijer", Function.PROCESS_DIRECTOR, "RG01", null),
			new Person("ulla", "Ulla Peters", Function.AGENCY_OFFICER, "UWV", null),
			new Person("siem", "Siem Dekker", Function.AGENCY_OFFICER, "SVB", null),
			new Person("bram", "Bram Koster", Function.AGENCY_OFFICER, "BD", null),
			new Person("oscar", "Oscar Blok", Function.AGENCY_OFFICER, "NOM", null),
			new Person("lotte", "Lotte Smit", Function.DESK_OFFICER, "LMM", null),
			new Person("amira", "Amira Bos", Function.AMBASSADOR, "LET", null),
			new Person("joris", "Joris Prins", Function.AUDITOR, "GM9001", null),
			new Person("femke", "Femke Vos", Function.ADMINISTRATOR, "GM9001", null));

	/** Whom an agency outside Doorbraak names: they answer by a link and a code. */
	private static final List<Person> CONTACTS = List
		.of(new Person("wendy", "Wendy Schouten", Function.AGENCY_OFFICER, "TSL", null));

	@Bean
	InitializingBean demoPeopleAreThere(JdbcClient db) {
		return () -> {
			organisation(db, "RG01", "region", "Regio Waterland-Zuid", null, null, true);
			organisation(db, "RG02", "region", "Regio De Hoge Veluwzoom", null, null, false);
			organisation(db, "GM9001", "municipality", "Gemeente Waterdam", "0900 90 01", "RG01", true);
			organisation(db, "GM9002", "municipality", "Gemeente Lindeveld", "0900 90 02", "RG01", true);
			organisation(db, "GM9003", "municipality", "Gemeente Hogebeek", "0900 90 03", "RG02", true);
			organisation(db, "RG03", "region", "Regio Oosterlaken", null, null, true);
			organisation(db, "GM9004", "municipality", "Gemeente Zuiderwaard", "0900 90 04", "RG01", true);
			organisation(db, "GM9005", "municipality", "Gemeente Eikenrode", "0900 90 05", "RG03", true);
			organisation(db, "UWV", "agency", "UWV", null, null, true);
			organisation(db, "SVB", "agency", "Sociale Verzekeringsbank (SVB)", null, null, true);
			organisation(db, "BD", "agency", "Belastingdienst", null, null, true);
			organisation(db, "NOM", "agency", "Nationale ombudsman", null, null, true);
			organisation(db, "TSL", "agency", "Dienst Toeslagen", null, null, false);
			organisation(db, "DUO", "agency", "Dienst Uitvoering Onderwijs (DUO)", null, null, false);
			organisation(db, "CJIB", "agency", "Centraal Justitieel Incassobureau (CJIB)", null, null, false);
			organisation(db, "LMM", "desk", "Landelijk Maatwerkloket Multiproblematiek", null, null, true);
			organisation(db, "LET", "ministry", "Landelijk Escalatie Team", null, null, true);
			db.sql("""
					update doorbraak.organisation o set duty_phone = '0900 90 9' || n.nth
					from (select id, row_number() over (order by id) - 1 as nth from doorbraak.organisation
					      where id in ('RG01', 'UWV', 'SVB', 'LMM', 'LET')) n
					where n.id = o.id and o.duty_phone is null""").update();
			db.sql("update doorbraak.organisation set email = 'doorbraak@' || lower(id) || '.example' where email is null")
				.update();
			db.sql("""
					update doorbraak.organisation o set joined_on = o.joined_on - make_interval(months => d.months)
					from (values ('GM9001', 17), ('GM9002', 15), ('GM9004', 11), ('GM9003', 8), ('GM9005', 3), ('UWV', 16),
					  ('SVB', 12), ('BD', 9), ('NOM', 4)) d (id, months)
					where d.id = o.id and o.joined_on = (doorbraak.current_instant() at time zone 'Europe/Amsterdam')::date""")
				.update();
			everybody().forEach((person) -> {
				db.sql("insert into doorbraak.officer (login, name, source) values (?, ?, 'demo') on conflict do nothing")
					.params(person.login(), person.name())
					.update();
				db.sql("insert into doorbraak.post values (?, ?, ?) on conflict do nothing")
					.params(person.login(), person.function().code(), person.organisation())
					.update();
			});
			everybody().forEach((person) -> db
				.sql("update doorbraak.officer set deputy_login = ?, email = ?, phone = ? where login = ?")
				.params(person.deputy(), person.email(), person.phone(), person.login())
				.update());
		};
	}

	private static Stream<Person> everybody() {
		return Stream.concat(PEOPLE.stream(), CONTACTS.stream());
	}

	/**
	 * Everybody knows the password: no use in making every request slow. But a name that
	 * is unknown takes as long as one that is known.
	 */
	@Bean
	PasswordEncoder demoPasswords() {
		return new Pbkdf2PasswordEncoder("", 8, 1, SecretKeyFactoryAlgorithm.PBKDF2WithHmacSHA256);
	}

	@Bean
	UserDetailsService demoLogins(Directory directory, PasswordEncoder passwords) {
		String password = passwords.encode(PASSWORD);
		return (login) -> {
			try {
				Officer officer = directory.getOfficer(login);
				if (CONTACTS.stream().anyMatch((each) -> each.login().equals(officer.login()))) {
					throw new UsernameNotFoundException("no account");
				}
				return User.withUsername(officer.login())
					.password(password)
					.roles(officer.posts().stream().map((post) -> post.function().code()).toArray(String[]::new))
					.build();
			}
			catch (Refused refused) {
				throw new UsernameNotFoundException("unknown", refused);
			}
		};
	}

	private static void organisation(JdbcClient db, String id, String kind, String name, @Nullable String phone,
			@Nullable String region, boolean connected) {
		db.sql("""
				insert into doorbraak.organisation (id, kind, name, phone, region_id, connected)
				values (?, ?, ?, ?, ?, ?) on conflict do nothing""")
			.params(id, kind, name, phone, region, connected)
			.update();
	}

	/** Somebody who can log in to the demo. */
	record Person(String login, String name, Function function, String organisation, @Nullable String deputy) {

		/** Only who is called in a crisis has one. */
		@Nullable String phone() {
			return switch (this.login) {
				case "mila" -> "0900 90 01 10";
				case "paul" -> "0900 90 01 20";
				case "lotte" -> "0900 90 01 30";
				default -> null;
			};
		}

		String email() {
			return this.login + "@" + switch (this.organisation) {
				case "GM9001" -> "waterdam.example";
				case "GM9002" -> "lindeveld.example";
				case "GM9003" -> "hogebeek.example";
				case "RG01" -> "waterland-zuid.example";
				case "LMM" -> "maatwerkloket.example";
				case "LET" -> "escalatieteam.example";
				default -> this.organisation.toLowerCase(Locale.ROOT) + ".example";
			};
		}

	}

}
