package nl.doorbraak.casefile;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import nl.doorbraak.support.Refused;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The people of a case one by one: for what one of them asks about his or her own data.
 */
@Service
public class Residents {

	private final CaseStore store;

	private final Clock clock;

	Residents(CaseStore store, Clock clock) {
		this.store = store;
		this.clock = clock;
	}

	/** Those who were entered for this case, each once; no reading of the case. */
	@Transactional(readOnly = true)
	public List<Resident> of(String number) {
		return this.store.residentsOf(this.store.get(number).id());
	}

	/** One of them. */
	@Transactional(readOnly = true)
	public Resident get(String number, long id) {
		return this.store.residentEntered(this.store.get(number).id(), id)
			.flatMap((entered) -> of(number).stream()
				.filter((each) -> each.isCalled(entered.name())
						&& Objects.equals(each.member().birthDate(), entered.birthDate()))
				.findFirst())
			.orElseThrow(Refused::notFound);
	}

	/**
	 * Whom a reading concerns: who of the household was entered for this case, or for
	 * another that the reader may read. Each person has one key, whoever reads.
	 */
	@Transactional(readOnly = true)
	public List<String> concerned(String number, String reader) {
		return this.store.db()
			.sql("""
					select distinct m.household_id || ':' || m.normalised_name || ':' || coalesce(m.birth_date::text, '') as key
					from doorbraak.case_file own join doorbraak.household_member m on m.household_id = own.household_id
					join doorbraak.case_file c on c.id = m.case_id
					where own.number = :number and (c.id = own.id or
					"""
					+ CaseFiles.MAY_READ + ") order by key")
			.param("number", number)
			.param("login", reader)
			.param("now", Timestamp.from(this.clock.instant()))
			.query(String.class)
			.list();
	}

	/** The key of one of them: whom the reading of a page of his or her own concerns. */
	@Transactional(readOnly = true)
	public List<String> concerned(long resident) {
		return this.store.db().sql("""
				select m.household_id || ':' || m.normalised_name || ':' || coalesce(m.birth_date::text, '')
				from doorbraak.household_member m where m.id = :id""").param("id", resident).query(String.class).list();
	}

	/**
	 * What hides all others from who asked for what the case holds about him or her.
	 * @param staff names of who worked on the case
	 */
	@Transactional(readOnly = true)
	public OthersLeftOut leavingOut(String number, Resident self, Collection<String> staff) {
		CaseFile file = this.store.get(number);
		List<HouseholdMember> others = this.store.household(file.householdId())
			.stream()
			.filter((each) -> !self.isCalled(each.name()))
			.toList();
		List<String> names = others.stream().map(HouseholdMember::name).distinct().toList();
		List<String> reach = new ArrayList<>(others.stream()
			.flatMap((each) -> Stream.of(each.address(), each.contact()))
			.filter((each) -> each != null && !each.equals(self.member().address())
					&& !each.equals(self.member().contact()))
			.distinct()
			.toList());
		return new OthersLeftOut(self.member().name(), names, staff, reach);
	}

}
