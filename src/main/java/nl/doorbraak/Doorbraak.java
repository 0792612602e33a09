package nl.doorbraak;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The application: the escalation ladder of Dutch multi-problem casework. */
@SpringBootApplication
public class Doorbraak {

	public static void main(String[] args) {
		SpringApplication.run(Doorbraak.class, args);
	}

}
