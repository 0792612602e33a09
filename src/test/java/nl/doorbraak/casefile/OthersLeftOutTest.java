package nl.doorbraak.casefile;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OthersLeftOutTest {

	private final OthersLeftOut others = new OthersLeftOut("Mia van Dam", List.of("Bo van Dam", "Tobias Kwartel"),
			List.of("Anna de Wit"), List.of("Schuilpad 99"));

	@Test
	void ownNameStaysAndOthersAreHidden() {
		assertThat(this.others.in("Mia en Tobias Kwartel spraken Anna de Wit."))
			.isEqualTo("Mia en [naam] spraken [naam] de [naam].");
		assertThat(this.others.names()).isEqualTo(1);
		assertThat(this.others.in("De familie Van Dam is moe.")).as("the name of all of them is nobody's own")
			.isEqualTo("De familie Van Dam is moe.");
	}

	@Test
	void sentenceAboutAnotherAloneIsLeftOut() {
		assertThat(this.others.in("Mia huurt hier. Tobias drinkt.\nBo gaat niet naar school. Zij slaapt slecht."))
			.isEqualTo("Mia huurt hier. [zin over een ander]\n[zin over een ander] Zij slaapt slecht.");
		assertThat(this.others.sentences()).isEqualTo(2);
	}

	@Test
	void addressOfAnotherIsHiddenHoweverItIsWritten() {
		assertThat(this.others.in("Post gaat naar SCHUILPAD 99 in de stad."))
			.isEqualTo("Post gaat naar [gegevens van een ander] in de stad.");
	}

}
