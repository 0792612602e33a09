package nl.doorbraak.signal.web;

import java.math.BigDecimal;
import java.security.Principal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;

import nl.doorbraak.directory.Function;
import nl.doorbraak.signal.EarlySignals;
import nl.doorbraak.signal.Told;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Early signals from the systems of signalling parties. The answer is the same for a
 * household with a case and without one.
 */
@RestController
@RequestMapping(SignalApi.PATH)
class SignalApi {

	static final String PATH = "/api/v1/signals";

	private final EarlySignals signals;

	SignalApi(EarlySignals signals) {
		this.signals = signals;
	}

	/** 201 for a new signal, 200 for one that was sent before. */
	@PostMapping
	ResponseEntity<Map<String, String>> receive(Principal caller, @RequestBody Body body) {
		boolean anew = this.signals.receive(caller.getName(), text(body.municipality()), body.told());
		return ResponseEntity.status(anew ? HttpStatus.CREATED : HttpStatus.OK)
			.body(Map.of("reference", text(body.reference()).strip()));
	}

	private static String text(@Nullable String value) {
		return (value != null) ? value : "";
	}

	/**
	 * A signal.
	 *
	 * @param reference of the sender: the same one is never taken in twice
	 * @param kind {@code rent}, {@code energy}, {@code water} or {@code healthInsurance}
	 * @param months of arrears
	 * @param amount in euros; may be left out
	 * @param threat code of what threatens, with {@code eventDate}; both may be left out
	 */
	record Body(@Nullable String reference, @Nullable String municipality, @Nullable String kind,
			@Nullable Integer months, @Nullable BigDecimal amount, @Nullable String name, @Nullable LocalDate birthDate,
			@Nullable String address, @Nullable String contact, @Nullable String threat,
			@Nullable LocalDate eventDate) {

		Told told() {
			return new Told(text(this.reference), text(this.kind), (this.months != null) ? this.months : 0,
					(this.amount != null) ? this.amount.toPlainString() : "", text(this.name), this.birthDate,
					text(this.address), text(this.contact), text(this.threat), this.eventDate, "");
		}

	}

	/** Its door; which organisation may send what is checked behind it. */
	@Configuration(proxyBeanMethods = false)
	static class Doors {

		@Bean
		Routes signalApiRoutes() {
			return () -> List.of(Route.post(PATH, Set.of(Function.AGENCY_OFFICER.code())));
		}

	}

}
