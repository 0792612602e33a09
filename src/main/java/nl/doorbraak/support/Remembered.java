package nl.doorbraak.support;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What was read once in a transaction and is not read again in it: one act asks the same
 * ten times. Who changes what is remembered forgets it first; going back to a savepoint
 * forgets all. Outside a transaction nothing is remembered.
 */
public final class Remembered implements TransactionSynchronization {

	private final Map<Object, Object> all = new HashMap<>();

	private Remembered() {
	}

	/**
	 * The answer to a question, read at the first time.
	 * @param key says what is asked: a record of a class of the asker's own
	 */
	@SuppressWarnings("unchecked")
	public static <T> T once(Object key, Supplier<T> read) {
		if (!TransactionSynchronizationManager.isActualTransactionActive()) {
			return read.get();
		}
		Map<Object, Object> all = ofThisTransaction().all;
		Object known = all.get(key);
		if (known == null) {
			known = Objects.requireNonNull(read.get());
			all.put(key, known);
		}
		return (T) known;
	}

	/** Forgets all answers to questions of this class, because they change now. */
	public static void forget(Class<?> keys) {
		if (TransactionSynchronizationManager.isActualTransactionActive()) {
			ofThisTransaction().all.keySet().removeIf(keys::isInstance);
		}
	}

	private static Remembered ofThisTransaction() {
		Remembered mine = (Remembered) TransactionSynchronizationManager.getResource(Remembered.class);
		if (mine == null) {
			mine = new Remembered();
			TransactionSynchronizationManager.bindResource(Remembered.class, mine);
			TransactionSynchronizationManager.registerSynchronization(mine);
		}
		return mine;
	}

	@Override
	public void savepointRollback(Object savepoint) {
		this.all.clear();
	}

	@Override
	public void suspend() {
		TransactionSynchronizationManager.unbindResource(Remembered.class);
	}

	@Override
	public void resume() {
		TransactionSynchronizationManager.bindResource(Remembered.class, this);
	}

	@Override
	public void afterCompletion(int status) {
		TransactionSynchronizationManager.unbindResource(Remembered.class);
	}

}
