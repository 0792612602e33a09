package nl.doorbraak.bench;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Counts the statements that go to the database; each row of a batch is one. */
final class CountedStatements extends DelegatingDataSource {

	private final AtomicLong sent = new AtomicLong();

	CountedStatements(DataSource counted) {
		super(counted);
	}

	long sent() {
		return this.sent.get();
	}

	@Override
	public Connection getConnection() throws SQLException {
		return proxy(Connection.class, super.getConnection());
	}

	@SuppressWarnings("unchecked")
	private <T> T proxy(Class<T> type, T real) {
		InvocationHandler handler = (proxy, method, arguments) -> {
			try {
				if (isSent(method)) {
					this.sent.incrementAndGet();
				}
				Object result = method.invoke(real, arguments);
				return (result instanceof PreparedStatement statement) ? proxy(PreparedStatement.class, statement)
						: result;
			}
			catch (InvocationTargetException ex) {
				throw ex.getCause();
			}
		};
		return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, handler);
	}

	private static boolean isSent(Method method) {
		return method.getName().equals("addBatch")
				|| method.getName().startsWith("execute") && !method.getName().equals("executeBatch");
	}

}
