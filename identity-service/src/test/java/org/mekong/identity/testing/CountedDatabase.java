package org.mekong.identity.testing;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Counts what parts of the service ask the database for, as long as it stands between them; of the
 * thread that made it alone.
 */
public final class CountedDatabase implements AutoCloseable {
  private static final String FIELD = "database";

  private final DataSource real;
  private final List<Object> parts;
  private final Thread counted = Thread.currentThread();
  private final List<String> statements = new ArrayList<>();

  /**
   * Steps between.
   *
   * @param parts each with a field {@code database}
   */
  public CountedDatabase(DataSource real, Object... parts) {
    this.real = real;
    this.parts = List.of(parts);
    this.parts.forEach(
        part -> set(part, proxy(DataSource.class, real, "getConnection", this::connection)));
  }

  /** The statements so far, in order; they begin anew. */
  public List<String> statements() {
    List<String> all = List.copyOf(statements);
    statements.clear();
    return all;
  }

  @Override
  public void close() {
    parts.forEach(part -> set(part, real));
  }

  private interface Seen {
    Object of(Object result, Object[] arguments);
  }

  private Object connection(Object connection, Object[] arguments) {
    return proxy(
        Connection.class,
        (Connection) connection,
        "prepareStatement",
        (statement, sql) -> {
          if (Thread.currentThread() == counted) {
            statements.add(sql[0].toString());
          }
          return statement;
        });
  }

  private static <T> T proxy(Class<T> type, T real, String watched, Seen seen) {
    return type.cast(
        Proxy.newProxyInstance(
            CountedDatabase.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              try {
                Object result = method.invoke(real, arguments);
                return method.getName().equals(watched) ? seen.of(result, arguments) : result;
              } catch (InvocationTargetException failed) {
                throw failed.getCause();
              }
            }));
  }

  private static void set(Object part, DataSource database) {
    try {
      Field field = part.getClass().getDeclaredField(FIELD);
      field.setAccessible(true);
      field.set(part, database);
    } catch (ReflectiveOperationException unfit) {
      throw new IllegalStateException(unfit);
    }
  }
}
