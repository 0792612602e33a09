package nl.doorbraak;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.security.servlet.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.autoconfigure.session.SessionAutoConfiguration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The application: the escalation ladder of Dutch multi-problem casework. */
@SpringBootApplication(exclude = { UserDetailsServiceAutoConfiguration.class, SessionAutoConfiguration.class })
@EnableScheduling
public class Doorbraak {

	public static void main(String[] args) {
		SpringApplication.run(Doorbraak.class, args);
	}

}
