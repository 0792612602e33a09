package nl.doorbraak;

import java.util.Arrays;

import nl.doorbraak.audit.AuditCommand;

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
		if (args.length > 0 && args[0].equals(AuditCommand.NAME)) {
			AuditCommand.main(Arrays.copyOfRange(args, 1, args.length));
		}
		SpringApplication.run(Doorbraak.class, args);
	}

}
